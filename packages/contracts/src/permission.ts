export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/** Every permission with what it allows, as shown to whoever lacks it. */
export const permissions = {
  'tenant.read': 'See tenants',
  'tenant.provision': 'Create tenants',
  'tenant.annotate': 'Edit labels, notes and names of tenants',
  'tenant.discard': 'Discard tenants whose provisioning failed',
  'tenant.suspend': 'Suspend and resume tenants',
  'tenant.rename': 'Rename tenants',
  'tenant.transfer': 'Give tenants to another owner',
  'tenant.rotate': 'Issue credentials of tenants',
  'tenant.archive': 'Archive tenants and restore them',
  'tenant.purge': 'Erase archived tenants for good',
  'tenant.clone': 'Clone tenants',
  'tenant.move': 'Move tenants to other clusters',
  'tenant.adopt': 'Adopt schemas that were made by hand',
  'bulk.read': 'See bulk operations',
  'bulk.run': 'Run an operation on many tenants, pause and cancel it',
  'pool.read': 'See the warm pool',
  'pool.write': 'Change the size of the warm pool',
  'template.read': 'See templates',
  'template.publish': 'Publish template versions',
  'cluster.read': 'See clusters',
  'cluster.write': 'Add, cordon, drain and detach clusters, and choose where tenants are placed',
  'finding.read': 'See where the registry and the clusters differ',
  'finding.resolve': 'Act on such differences, or put them aside',
  'operation.read': 'See operations and their logs',
  'operation.retry': 'Retry operations, and put aside those that failed',
  'operation.prioritise': 'Move operations to the front of their queue',
  'operation.cancel': 'Cancel operations',
  'fleet.read': 'See the overview of the fleet',
  'quota.read': 'See quotas',
  'quota.write': 'Change quotas and plans',
  'usage.read': 'See what tenants and clusters use',
  'alert.read': 'See alerts, rules, silences and who is on call',
  'alert.respond': 'Acknowledge incidents and note what was done',
  'alert.silence': 'Silence alerts and plan maintenance',
  'alert.write': 'Change alert rules',
  'channel.read': 'See channels and what was delivered',
  'channel.write': 'Change channels, test them and replay deliveries',
  'oncall.write': 'Change schedules, overrides and escalation',
  'audit.read': 'Read the audit log',
  'member.read': 'See members and their roles',
  'member.write': 'Add members, change their roles, disable them',
  'setting.read': 'See settings',
  'setting.write': 'Change settings',
} as const

export type Permission = keyof typeof permissions

const read: readonly Permission[] = [
  'tenant.read',
  'template.read',
  'cluster.read',
  'pool.read',
  'bulk.read',
  'finding.read',
  'operation.read',
  'fleet.read',
  'quota.read',
  'usage.read',
  'alert.read',
  'setting.read',
]

const operate: readonly Permission[] = [
  ...read,
  'tenant.provision',
  'tenant.annotate',
  'tenant.discard',
  'tenant.suspend',
  'tenant.rotate',
  'operation.retry',
  'operation.prioritise',
  'operation.cancel',
  'bulk.run',
  'finding.resolve',
  'alert.respond',
  'alert.silence',
  'channel.read',
  'audit.read',
  'member.read',
]

/** Who may do what: the whole of authorisation, in one table. */
export const permissionsOfRole: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(read),
  operator: new Set(operate),
  admin: new Set(Object.keys(permissions) as Permission[]),
}

export function isAllowed(role: Role, permission: Permission): boolean {
  return permissionsOfRole[role].has(permission)
}

/** The roles that hold a permission, weakest first: what a refusal tells its reader to ask for. */
export function rolesWith(permission: Permission): Role[] {
  return roles.filter((role) => isAllowed(role, permission))
}
