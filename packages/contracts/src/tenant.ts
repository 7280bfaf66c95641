import { z } from 'zod'
import { clusterId, slug, templateId } from './identifiers.ts'
import type { StateMachine } from './state-machine.ts'

export const tenantStates = ['provisioning', 'active', 'failed', 'discarded'] as const
export type TenantState = (typeof tenantStates)[number]

export const tenantMachine: StateMachine<TenantState> = {
  noun: 'tenant',
  states: {
    provisioning: 'Its schema is being built; nobody can connect yet.',
    active: 'Its schema is what its template says, and is in use.',
    failed: 'Provisioning gave up and took back what it had made; the slug is kept for a retry.',
    discarded: 'Given up after a failure; nothing is left on the cluster and the slug is free again.',
  },
  initial: 'provisioning',
  final: ['discarded'],
  transitions: [
    { from: 'provisioning', to: 'active', cause: 'every step of the provision verified' },
    {
      from: 'provisioning',
      to: 'failed',
      cause: 'a step failed for good and was undone, or the provision was cancelled',
    },
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
})
export type ProvisionTenantInput = z.input<typeof provisionTenantInput>

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
