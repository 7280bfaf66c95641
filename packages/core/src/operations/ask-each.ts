import type { WireError } from '@tenantry/contracts'
import { toTenantryError } from '../to-tenantry-error.ts'

/** What became of one of several requests. */
export type Answer<Result> =
  | { readonly id: string; readonly result: Result; readonly refusal?: never }
  | {
      readonly id: string
      readonly result?: never
      readonly refusal: Pick<WireError, 'code' | 'message' | 'detail'>
    }

/**
 * Makes the same request of each, one after the other: each is done or refused for itself.
 * @throws TenantryError `control_database_unavailable`: what was answered until then is done, and asking again with the
 * same key is harmless
 */
export async function askEach<Result>(
  ids: readonly string[],
  ask: (id: string) => Promise<Result>,
): Promise<Answer<Result>[]> {
  const answers: Answer<Result>[] = []
  for (const id of new Set(ids)) {
    try {
      answers.push({ id, result: await ask(id) })
    } catch (error) {
      const { code, message, detail } = toTenantryError(error)
      if (code === 'control_database_unavailable') throw error
      answers.push({ id, refusal: { code, message, detail } })
    }
  }
  return answers
}
