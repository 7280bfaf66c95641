import { z } from 'zod'
import { clusterId, templateId } from './identifiers.ts'

/** Ready schemas that one template may have waiting on one cluster. */
export const maxPoolSize = 500

export const setPoolInput = z.object({
  templateId,
  /** Left out or null: every cluster that has no size of its own. */
  clusterId: clusterId.nullable().default(null),
  /** Ready schemas to keep; `null` takes what was set away, so that the wider setting holds again. */
  size: z
    .number()
    .int('A whole number of schemas')
    .min(0, 'A pool cannot be smaller than none')
    .max(maxPoolSize, `At most ${maxPoolSize} schemas`)
    .nullable(),
})
export type SetPoolInput = z.input<typeof setPoolInput>

/**
 * How many builds for the pool, and as many drops, a cluster has in hand at once: half of what it works on, so that
 * whoever asks for something real finds a free hand.
 */
export function poolWorkAtOnce(maxConcurrency: number): number {
  return Math.max(1, Math.floor(maxConcurrency / 2))
}
