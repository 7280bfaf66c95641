import { maxLimit } from '@tenantry/db/queries'
import { z } from 'zod'

/** What the inputs of questions are made of. */
export const paging = {
  cursor: z.string().max(1000).optional(),
  limit: z.number().int().min(1).max(maxLimit).optional(),
}
export const text = z.string().trim().max(200).optional()
export const byIdOrSlug = (id: z.ZodString) =>
  z.union([z.strictObject({ id }), z.strictObject({ slug: z.string().max(100) })])
/** ISO 8601 with a zone, between the years 1970 and 9999. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((value) => /^(19[7-9]|[2-9])/.test(value), 'Not a time since 1970')
  .transform((value) => new Date(value))
