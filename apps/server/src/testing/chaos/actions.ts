import type { OperationKind, TenantState } from '@tenantry/contracts'
import type { Random } from './random.ts'

export interface Target {
  readonly id: string
  readonly slug: string
  readonly state: TenantState
  /** The last operation on it, where that failed. */
  readonly failedOperation: string | null
  /** The one at work on it. */
  readonly operation: string | null
}

export interface Question {
  readonly random: Random
  /** A slug that nobody has had. */
  readonly newSlug: () => string
  /** Mostly one that works; now and then one whose seed fails. */
  readonly templateId: () => string
}

type Request = readonly [procedure: string, input: object]

/** A line of the mix: one kind of operation, or of asking for one. To try a new kind, add a line. */
export type Action = {
  readonly kind: OperationKind | 'operation.retry' | 'operation.cancel'
  readonly weight: number
  /** In which states of a tenant somebody may reasonably ask; nothing: it makes a tenant. */
  readonly on?: readonly TenantState[]
  readonly request: (target: Target, question: Question) => Request
}

const reason = 'chaos'

export const actions: readonly Action[] = [
  {
    kind: 'tenant.provision',
    weight: 30,
    request: (_, { newSlug, templateId, random }) => {
      const slug = newSlug()
      // From the warm pool it is a claim, while there is a spare.
      const fromPool = random.chance(0.6)
      return ['tenants.provision', { slug, displayName: slug, templateId: templateId(), fromPool }]
    },
  },
  {
    kind: 'tenant.suspend',
    weight: 14,
    on: ['active'],
    request: ({ id }) => ['tenants.suspend', { tenantId: id, reason }],
  },
  {
    kind: 'tenant.resume',
    weight: 14,
    on: ['suspended'],
    request: ({ id }) => ['tenants.resume', { tenantId: id }],
  },
  {
    kind: 'tenant.rename',
    weight: 12,
    on: ['active', 'suspended'],
    request: ({ id, slug }, { newSlug }) => [
      'tenants.rename',
      { tenantId: id, slug: newSlug(), confirmSlug: slug },
    ],
  },
  {
    kind: 'tenant.rotate',
    weight: 10,
    on: ['active', 'suspended'],
    request: ({ id }) => ['tenants.rotate', { tenantId: id, overlapMinutes: 5 }],
  },
  {
    kind: 'tenant.clone',
    weight: 8,
    on: ['active', 'suspended'],
    request: ({ id }, { newSlug }) => {
      const slug = newSlug()
      return ['tenants.clone', { sourceId: id, slug, displayName: slug, withData: true }]
    },
  },
  {
    kind: 'tenant.archive',
    weight: 12,
    on: ['active', 'suspended'],
    request: ({ id, slug }, { random }) => [
      'tenants.archive',
      { tenantId: id, confirmSlug: slug, reason, keepDays: random.between(0, 7) },
    ],
  },
  {
    kind: 'tenant.restore',
    weight: 12,
    on: ['archived'],
    request: ({ id }) => ['tenants.restore', { tenantId: id }],
  },
  {
    kind: 'tenant.purge',
    weight: 9,
    on: ['archived'],
    request: ({ id, slug }) => [
      'tenants.purge',
      { tenantId: id, confirmSlug: slug, reason, beforeWindowEnds: true },
    ],
  },
  {
    kind: 'tenant.discard',
    weight: 8,
    on: ['failed'],
    request: ({ id }) => ['tenants.discard', { tenantId: id }],
  },
  {
    kind: 'operation.retry',
    weight: 5,
    on: ['failed'],
    request: ({ failedOperation }) => ['operations.retry', { operationId: failedOperation }],
  },
  {
    kind: 'operation.cancel',
    weight: 6,
    on: ['provisioning', 'active', 'suspended', 'archived'],
    request: ({ operation }, { random }) => [
      'operations.cancel',
      { operationId: operation, graceSeconds: random.between(0, 3) },
    ],
  },
]

/** What somebody else asks of the same tenant at the same moment. */
export const contraries: Partial<Record<Action['kind'], Action['kind']>> = {
  'tenant.suspend': 'tenant.archive',
  'tenant.resume': 'tenant.archive',
  'tenant.rename': 'tenant.suspend',
  'tenant.rotate': 'tenant.rename',
  'tenant.archive': 'tenant.rename',
  'tenant.restore': 'tenant.purge',
  'tenant.purge': 'tenant.restore',
  'tenant.clone': 'tenant.archive',
  'tenant.discard': 'operation.retry',
  'operation.retry': 'tenant.discard',
}
