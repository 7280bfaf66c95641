import { type OperationKind, type OperationState, type TenantState, whyNot } from '@tenantry/contracts'
import { type LifecycleAction, requestedAs } from './action-words.ts'

interface Standing {
  readonly state: TenantState
  readonly operation: { readonly kind: OperationKind; readonly state: OperationState } | null
}

/**
 * Why an action is not possible now, the lasting reasons first: the missing permission, the state, the operation in
 * flight, stale data. Undefined when it is possible.
 */
export function refuseAction(
  action: LifecycleAction,
  tenant: Standing,
  viewer: { readonly mayNot?: string | undefined; readonly stale?: string | undefined },
): string | undefined {
  return viewer.mayNot ?? whyNot(action, tenant.state) ?? refuseBusy(action, tenant) ?? viewer.stale
}

/** A tenant has one operation at a time; a transfer makes none. */
function refuseBusy(action: LifecycleAction, { operation }: Standing): string | undefined {
  if (!operation || action === 'tenant.transfer') return undefined
  return `It is being ${requestedAs[operation.kind]}: one operation at a time.`
}
