import { z } from 'zod'
import { planId, tenantId } from './identifiers.ts'

/** What can be limited for a tenant, with its unit. */
export const quotaResources = {
  storage_bytes: { title: 'Storage', unit: 'bytes' },
  relations: { title: 'Relations', unit: 'count' },
  connections: { title: 'Connections', unit: 'count' },
  temp_bytes: { title: 'Temporary space', unit: 'bytes' },
  /** Of one statement of a migration or another job. */
  statement_seconds: { title: 'Statement time of jobs', unit: 'seconds' },
} as const
export type QuotaResource = keyof typeof quotaResources

export const quotaResource = z.enum(Object.keys(quotaResources) as [QuotaResource, ...QuotaResource[]])

/** Where a tenant stands with a limit. */
export const quotaLevels = {
  ok: 'Below 80 % of the limit.',
  warned: 'Above 80 % of the limit.',
  critical: 'Above 95 % of the limit.',
  exceeded: 'Over the limit, within its time of grace.',
  blocked: 'Over the limit, and held by the database.',
} as const
export type QuotaLevel = keyof typeof quotaLevels

export const setQuotaInput = z
  .object({
    /** Both left out: the default of the whole fleet. */
    tenantId: tenantId.optional(),
    planId: planId.optional(),
    resource: quotaResource,
    graceSeconds: z.number().int().min(0).max(7_776_000).default(0),
    /** `null` takes the override away. */
    limit: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable(),
  })
  .refine((value) => !value.tenantId || !value.planId, { message: 'A limit is of a tenant or of a plan' })
