import { type confirmPasswordInput, TenantryError } from '@tenantry/contracts'
import { type Actor, confirmPassword, runVerb } from '@tenantry/core'
import type { z } from 'zod'
import type { Door, RequestContext, SignedIn } from '../context.ts'

/** Takes the password of who asks once more. Guessing it costs the same tries as signing in. */
export async function confirmOwnPassword(
  { door, address }: RequestContext,
  person: SignedIn,
  actor: Actor,
  input: z.output<typeof confirmPasswordInput>,
): Promise<{ confirmedAt: string }> {
  await door.limits.count(address, person.email)
  const result = await runVerb(door.core, actor, confirmPassword, input)
  await door.limits.forgive(address, person.email)
  return result
}

/** Until when a severe change is open to this session. */
export function confirmedUntil({ config }: Door, { confirmedAt }: SignedIn): Date {
  return new Date(confirmedAt.getTime() + config.sessions.confirmSeconds * 1000)
}

/** @throws TenantryError `password_required` when the password was typed too long ago */
export function requireFreshPassword(door: Door, person: SignedIn): void {
  if (confirmedUntil(door, person) > new Date()) return
  throw new TenantryError('password_required', 'This change needs your password once more.', {
    action: 'Type your password, then ask again.',
  })
}
