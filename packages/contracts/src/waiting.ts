import type { BulkState } from './bulk.ts'
import type { Lane } from './lane.ts'
import type { OperationKind } from './operation.ts'

/** An operation as another one's reasons name it. */
export interface NamedOperation {
  readonly id: string
  readonly kind: OperationKind
  readonly tenantSlug: string | null
  readonly templateSlug: string | null
}

/** Why an operation is not moving: facts of its queue, each with what it points at. Times are ISO 8601. */
export type WaitingReason =
  | { readonly kind: 'cancel'; readonly by: string; readonly at: string; readonly forceAt: string }
  | { readonly kind: 'held'; readonly step: string | null; readonly message: string }
  | {
      readonly kind: 'unreachable'
      readonly clusterId: string
      readonly cluster: string
      readonly fault: string | null
      readonly checkedAt: string | null
    }
  | { readonly kind: 'backoff'; readonly until: string; readonly code: string; readonly message: string }
  | { readonly kind: 'rest'; readonly until: string; readonly message: string }
  | { readonly kind: 'silent'; readonly worker: string; readonly leaseUntil: string }
  | { readonly kind: 'no-worker'; readonly lastSeenAt: string | null }
  | {
      readonly kind: 'hands'
      readonly cluster: string
      readonly busy: number
      readonly hands: number
      readonly operations: readonly NamedOperation[]
    }
  | { readonly kind: 'behind'; readonly count: number; readonly lane: Lane; readonly next: NamedOperation }
  | { readonly kind: 'bulk'; readonly bulkId: string; readonly state: BulkState }
  | { readonly kind: 'no-job'; readonly withinSeconds: number }
  | { readonly kind: 'soon' }
  | { readonly kind: 'deadline'; readonly at: string }

export type WaitingKind = WaitingReason['kind']
