import type { TenantState } from './tenant.ts'

/** What can be done to a tenant, and in which of its states: from here come the server's check and the buttons' reasons. */
export const tenantActions = {
  'tenant.discard': ['failed'],
  'tenant.suspend': ['active'],
  'tenant.resume': ['suspended'],
  'tenant.rename': ['active', 'suspended'],
  'tenant.rotate': ['active', 'suspended'],
  'tenant.clone': ['active', 'suspended'],
  'tenant.move': ['active', 'suspended'],
  'tenant.transfer': ['active', 'suspended', 'archived', 'failed'],
  'tenant.archive': ['active', 'suspended'],
  'tenant.restore': ['archived'],
  'tenant.purge': ['archived', 'purging'],
  'tenant.repair': ['active', 'suspended', 'archived'],
} as const satisfies Record<string, readonly TenantState[]>
export type TenantAction = keyof typeof tenantActions

export function isTenantAction(kind: string): kind is TenantAction {
  return kind in tenantActions
}

const asked: Readonly<Record<TenantAction, string>> = {
  'tenant.discard': 'Only failed tenants are discarded',
  'tenant.suspend': 'Only active tenants are suspended',
  'tenant.resume': 'Only suspended tenants are resumed',
  'tenant.rename': 'Only active and suspended tenants are renamed',
  'tenant.rotate': 'Only active and suspended tenants have credentials',
  'tenant.clone': 'Only active and suspended tenants are cloned',
  'tenant.move': 'Only active and suspended tenants are moved',
  'tenant.transfer': 'A tenant that is gone has no owner',
  'tenant.archive': 'Only active and suspended tenants are archived',
  'tenant.restore': 'Only archived tenants are restored',
  'tenant.purge': 'Archive it first: only archived tenants are purged',
  'tenant.repair': 'Only tenants that have a schema are repaired',
}

/** Why an action is not possible in a state, in a sentence; undefined when it is. */
export function whyNot(action: TenantAction, state: TenantState): string | undefined {
  const allowed: readonly TenantState[] = tenantActions[action]
  if (allowed.includes(state)) return undefined
  return state === 'purging'
    ? 'Its purge has begun, and part of what it held is gone: only the purge goes on.'
    : `${asked[action]}; this one is ${state}.`
}
