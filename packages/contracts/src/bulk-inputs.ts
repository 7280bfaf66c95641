import { z } from 'zod'
import { bulkActions } from './bulk.ts'
import { importRow } from './bulk-import.ts'
import { bulkId, clusterId, templateId, tenantId } from './identifiers.ts'
import { idempotencyKey, labels, tenantStates, why } from './tenant.ts'

/** What chooses tenants, in lists and in bulk. Without `states`, everything but discarded and purged ones. */
export const tenantFilter = z.object({
  /** Part of the slug or name, or the whole id. */
  text: z.string().trim().max(200).optional(),
  states: z.array(z.enum(tenantStates)).max(tenantStates.length).readonly().optional(),
  /** Every one of them must match. */
  labels: labels.optional(),
  clusterId: clusterId.optional(),
  templateId: templateId.optional(),
})
export type TenantFilter = z.infer<typeof tenantFilter>

/** A filter that lets every tenant through. */
export function isEverything({ text, states, labels, clusterId, templateId }: TenantFilter): boolean {
  return !text && !states?.length && !Object.keys(labels ?? {}).length && !clusterId && !templateId
}

/** The tenants that a filter lets through, or those that are listed. */
export const bulkTarget = z.union([
  z.strictObject({ filter: tenantFilter }),
  z.strictObject({ tenantIds: z.array(tenantId).min(1, 'Choose a tenant').max(1000) }),
])
export type BulkTarget = z.infer<typeof bulkTarget>

/** The number of tenants that whoever asks saw; refused with the true one when it differs. */
const expectCount = z.number().int().nonnegative().max(1_000_000).optional()
/** Children in flight at most; left out: enough to keep every cluster busy. */
const window = z.number().int().min(1).max(500).optional()

export const bulkStartInput = z.object({
  idempotencyKey,
  kind: z.enum(bulkActions),
  target: bulkTarget,
  reason: why,
  expectCount,
  window,
  /** For archive: days in which each can be restored. */
  keepDays: z.number().int().min(0).max(365).default(7),
  /** For purge: also those whose window is not over. */
  beforeWindowEnds: z.boolean().default(false),
})
export type BulkStartInput = z.input<typeof bulkStartInput>

/** What a bulk would do, without doing it. */
export const bulkPreviewInput = z.object({
  kind: z.enum([...bulkActions, 'tenant.annotate']),
  target: bulkTarget,
  beforeWindowEnds: z.boolean().default(false),
})

export const mostImportRows = 20_000
const importRows = z.array(importRow).min(1, 'There is no row').max(mostImportRows)
/** What holds for every row that does not say otherwise: a template's id or slug. */
const everyRow = { rows: importRows, template: z.string().trim().max(100).default('') }

export const bulkCheckInput = z.object(everyRow)
export const bulkImportInput = z.object({
  idempotencyKey,
  ...everyRow,
  reason: why,
  /** How many rows are wrong and shall be left behind; refused with the true number when it differs. */
  acknowledgeWrong: z.number().int().nonnegative(),
  /** How many tenants shall be made. */
  expectCount,
  window,
})
export type BulkImportInput = z.input<typeof bulkImportInput>

export const bulkSteerInput = z.object({ bulkId })
export const bulkRetryInput = z.object({
  idempotencyKey,
  bulkId,
  /** Only the failures of this group; all when left out. */
  group: z.string().max(600).optional(),
})

/** Sets and removes labels on many tenants at once. */
export const labelTenantsInput = z
  .object({
    target: bulkTarget,
    set: labels.default({}),
    remove: z.array(z.string().min(1).max(40)).max(20).default([]),
    expectCount,
  })
  .refine(({ set, remove }) => Object.keys(set).length + remove.length > 0, 'Nothing to change')
  .refine(({ set, remove }) => remove.every((key) => !(key in set)), 'A label is set or removed, not both')
export type LabelTenantsInput = z.input<typeof labelTenantsInput>
