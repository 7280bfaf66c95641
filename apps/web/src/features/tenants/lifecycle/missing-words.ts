import { suspendTenantInput } from '@tenantry/contracts'

/** Why a reason is none yet: the words of the server's own rule. */
export function reasonMissing(reason: string): string | undefined {
  return suspendTenantInput.shape.reason.safeParse(reason).error?.issues[0]?.message
}

/** Why the typed slug confirms nothing yet. */
export function slugMissing(typed: string, slug: string): string | undefined {
  return typed.trim() === slug ? undefined : `Type ${slug} to confirm.`
}
