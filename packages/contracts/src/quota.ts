import { z } from 'zod'
import { tenantId } from './identifiers.ts'

/** What can be limited, with its unit. Limits are kept and shown from the start; each is enforced by its own monitor. */
export const quotaResources = {
  storage_bytes: { title: 'Storage', unit: 'bytes' },
  relations: { title: 'Relations', unit: 'count' },
  connections: { title: 'Connections', unit: 'count' },
  temp_bytes: { title: 'Temporary space', unit: 'bytes' },
} as const
export type QuotaResource = keyof typeof quotaResources

export const quotaResource = z.enum(Object.keys(quotaResources) as [QuotaResource, ...QuotaResource[]])

export const setQuotaInput = z.object({
  /** Left out: the default of the whole fleet. */
  tenantId: tenantId.optional(),
  resource: quotaResource,
  /** `null` takes the override away. */
  limit: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable(),
})
