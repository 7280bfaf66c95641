import type { changePasswordInput } from '@tenantry/contracts'
import { type Actor, changePassword, runVerb } from '@tenantry/core'
import type { z } from 'zod'
import type { RequestContext, SignedIn } from '../context.ts'

/** Changes the password of who asks. Guessing the current one costs the same tries as signing in. */
export async function changeOwnPassword(
  { door, address }: RequestContext,
  person: SignedIn,
  actor: Actor,
  input: z.output<typeof changePasswordInput>,
): Promise<{ sessionsEnded: number }> {
  await door.limits.count(address, person.email)
  const result = await runVerb(door.core, actor, changePassword, input)
  await door.limits.forgive(address, person.email)
  return result
}
