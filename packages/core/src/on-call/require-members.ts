import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'

/** @throws TenantryError `invalid_input` unless all of them are members who can be called */
export async function requireMembers(tx: Database, userIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(userIds)]
  if (!wanted.length) return
  const found = await tx
    .select({ id: user.id })
    .from(user)
    .where(and(inArray(user.id, wanted), isNull(user.disabledAt), isNotNull(user.email)))
  const known = new Set(found.map(({ id }) => id))
  const missing = wanted.find((id) => !known.has(id))
  if (!missing) return
  throw new TenantryError('invalid_input', `${missing} is no member who can be called.`, {
    field: 'users',
    action: 'Choose somebody else, or enable that member.',
  })
}
