import { z } from 'zod'
import { clusterId, slug, templateId, tenantId, userId } from './identifiers.ts'
import { onFailures } from './operation.ts'
import type { StateMachine } from './state-machine.ts'

export const tenantStates = [
  'provisioning',
  'active',
  'suspended',
  'archived',
  'purging',
  'failed',
  'discarded',
  'purged',
] as const
export type TenantState = (typeof tenantStates)[number]

export const tenantMachine: StateMachine<TenantState> = {
  noun: 'tenant',
  states: {
    provisioning: 'Its schema is being built; nobody can connect yet.',
    active: 'Its schema is what its template says, and is in use.',
    suspended: 'Its schema is whole, and nobody of the tenant can log in or use it.',
    archived: 'Put away under another name, with no access; restored or purged from here.',
    purging: 'It is being erased: part of what it held is gone, and only its purge goes on.',
    failed: 'Provisioning gave up and took back what it had made; the slug is kept for a retry.',
    discarded: 'Given up after a failure; nothing is left on the cluster and the slug is free again.',
    purged: 'Erased for good: schema and roles are gone, the record of it stays.',
  },
  initial: 'provisioning',
  final: ['discarded', 'purged'],
  transitions: [
    { from: 'provisioning', to: 'active', cause: 'every step of the provision verified' },
    {
      from: 'provisioning',
      to: 'failed',
      cause: 'a step failed for good and was undone, or the provision was cancelled',
    },
    { from: 'active', to: 'suspended', cause: 'suspended' },
    { from: 'suspended', to: 'active', cause: 'resumed' },
    { from: 'active', to: 'archived', cause: 'archived' },
    { from: 'suspended', to: 'archived', cause: 'archived' },
    { from: 'archived', to: 'active', cause: 'restored' },
    { from: 'archived', to: 'purging', cause: 'its purge begins to drop' },
    { from: 'purging', to: 'purged', cause: 'purged' },
    { from: 'failed', to: 'provisioning', cause: 'retried' },
    { from: 'failed', to: 'discarded', cause: 'discarded' },
  ],
}

export const labels = z
  .record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,39}$/, 'A label key starts with a letter and has at most 40 characters'),
    z.string().max(80, 'A label value has at most 80 characters'),
  )
  .refine((value) => Object.keys(value).length <= 20, 'At most 20 labels')
export type Labels = z.infer<typeof labels>

export const displayName = z
  .string()
  .trim()
  .min(1, 'A name is needed')
  .max(120, 'A name has at most 120 characters')

/** Every mutation that makes an operation carries one, so that a repeat returns the same operation. */
export const idempotencyKey = z.string().min(8).max(100)

export const provisionTenantInput = z.object({
  idempotencyKey,
  slug,
  displayName,
  templateId,
  /** Left out: placement chooses and says why. */
  clusterId: clusterId.optional(),
  labels: labels.default({}),
  notes: z.string().max(4000).default(''),
  /** What happens to finished steps when one fails for good; taken back when left out. */
  onFailure: z.enum(onFailures).optional(),
  /** Take a ready schema of the warm pool where there is one; false: build it from the template in any case. */
  fromPool: z.boolean().default(true),
})
export type ProvisionTenantInput = z.input<typeof provisionTenantInput>

/** Why something is asked for, in the words of whoever asks; kept in the audit log. */
export const why = z.string().trim().min(3, 'Say why, in a few words').max(500)
const onTenant = { idempotencyKey, tenantId }

export const suspendTenantInput = z.object({ ...onTenant, reason: why })
export const discardTenantInput = z.object(onTenant)
export const resumeTenantInput = z.object(onTenant)

export const archiveTenantInput = z.object({
  ...onTenant,
  reason: why,
  /** The tenant's slug, typed by whoever asks. */
  confirmSlug: z.string(),
  /** Days in which it can be restored; the purge is refused before. */
  keepDays: z.number().int().min(0).max(365).default(7),
})
export const restoreTenantInput = z.object(onTenant)

export const purgeTenantInput = z.object({
  ...onTenant,
  reason: why,
  confirmSlug: z.string(),
  /** Purge although the window is not over. */
  beforeWindowEnds: z.boolean().default(false),
})

export const renameTenantInput = z.object({ ...onTenant, slug, confirmSlug: z.string() })

export const cloneTenantInput = z.object({
  idempotencyKey,
  /** The tenant that is copied; it stays open meanwhile. */
  sourceId: tenantId,
  slug,
  displayName,
  /** All rows, from one snapshot; without, the structure alone and no row at all. */
  withData: z.boolean(),
  /** Left out: placement chooses and says why. */
  clusterId: clusterId.optional(),
  /** Left out: the source's. */
  labels: labels.optional(),
  notes: z.string().max(4000).optional(),
})
export type CloneTenantInput = z.input<typeof cloneTenantInput>

export const moveTenantInput = z.object({ ...onTenant, reason: why, clusterId })

export const transferTenantInput = z.object({ tenantId, ownerId: userId })

export const rotateCredentialsInput = z.object({
  ...onTenant,
  /** Minutes for which the credentials before these stay valid. */
  overlapMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .default(60),
})

export const annotateTenantInput = z
  .object({
    tenantId: z.string(),
    /** The row version that the editor saw; a newer one refuses the edit with `version_conflict`. */
    ifVersion: z.number().int().positive(),
    displayName: displayName.optional(),
    labels: labels.optional(),
    notes: z.string().max(4000).optional(),
  })
  .refine(
    (value) => value.displayName !== undefined || value.labels !== undefined || value.notes !== undefined,
    {
      message: 'Nothing to change',
    },
  )
export type AnnotateTenantInput = z.input<typeof annotateTenantInput>
