import type { AuditAction, Permission, Topic } from '@tenantry/contracts'

const permissionOf = {
  fleet: 'fleet.read',
  tenants: 'tenant.read',
  tenant: 'tenant.read',
  operations: 'operation.read',
  operation: 'operation.read',
  audit: 'audit.read',
  bulks: 'bulk.read',
  bulk: 'bulk.read',
  templates: 'template.read',
  clusters: 'cluster.read',
  findings: 'finding.read',
  usage: 'usage.read',
  alerts: 'alert.read',
  channels: 'channel.read',
} as const satisfies Record<string, Permission & AuditAction>

/** What a topic needs: the same as the questions that show the same. @param topic one that contracts know */
export function topicPermission(topic: Topic): Permission & AuditAction {
  const [noun = ''] = topic.split(':')
  if (!Object.hasOwn(permissionOf, noun)) throw new Error(`topic ${topic} has no permission`)
  return permissionOf[noun as keyof typeof permissionOf]
}
