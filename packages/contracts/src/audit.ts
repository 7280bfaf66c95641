/** Everything that leaves a row in the audit log. */
export const auditActions = [
  'tenant.provision',
  'tenant.discard',
  'tenant.annotate',
  'tenant.suspend',
  'tenant.resume',
  'tenant.rename',
  'tenant.transfer',
  'tenant.rotate',
  'tenant.archive',
  'tenant.restore',
  'tenant.purge',
  'tenant.claim',
  'tenant.clone',
  'tenant.move',
  'tenant.adopt',
  'template.publish',
  'template.build',
  'operation.retry',
  'operation.hurry',
  'operation.cancel',
  'bulk.start',
  'bulk.pause',
  'bulk.resume',
  'bulk.cancel',
  'bulk.retry',
  'pool.set',
  'spare.build',
  'spare.drop',
  'finding.ignore',
  'finding.resolve',
  'quota.set',
  'member.add',
  'member.change',
  'session.sign-in',
  'session.sign-out',
  'session.confirm',
  'session.refuse',
  'password.change',
  'setting.set',
  'cluster.add',
  'cluster.check',
  'cluster.change',
  'cluster.cordon',
  'cluster.uncordon',
  'cluster.drain',
  'cluster.detach',
  'placement.set',
  'fleet.read',
  'tenant.read',
  'template.read',
  'cluster.read',
  'pool.read',
  'bulk.read',
  'finding.read',
  'operation.read',
  'quota.read',
  'audit.read',
  'member.read',
  'setting.read',
] as const
export type AuditAction = (typeof auditActions)[number]

/**
 * `requested` is written with the enqueue, and exactly one of the last three with the end of the operation; verbs
 * without an operation write `succeeded` alone; refusals write `denied`.
 */
export const auditOutcomes = ['requested', 'denied', 'succeeded', 'failed', 'cancelled'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

/** The chain of everything that belongs to no tenant. */
export const systemChain = 'system'
