import { isDeepStrictEqual } from 'node:util'
import { addSilenceInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { silence } from '@tenantry/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Has nobody called for what matches, for a time that may begin later. The same key again is the same silence. */
export const addSilence = defineVerb({
  action: 'silence.add',
  permission: 'alert.silence',
  input: addSilenceInput,
  async run({ tx, actor, audit }, { startsAt, endsAt, ...asked }) {
    const { rows } = await tx.execute<{ over: boolean }>(
      sql`select ${endsAt}::timestamptz <= clock_timestamp() as over`,
    )
    if (rows[0]?.over) {
      throw new TenantryError('invalid_input', 'It would be over before it began.', {
        field: 'endsAt',
        action: 'Choose an end that is still to come.',
      })
    }
    const wanted = { ...asked, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
    const [made] = await tx
      .insert(silence)
      .values({ id: newId('si'), ...wanted, createdBy: actor.userId })
      .onConflictDoNothing({ target: [silence.createdBy, silence.idempotencyKey] })
      .returning()
    if (made) {
      audit({ target: { kind: 'silence', id: made.id }, after: { ...asked, startsAt, endsAt } })
      return { silenceId: made.id, rowVersion: made.rowVersion, repeated: false }
    }
    const [same] = await tx
      .select()
      .from(silence)
      .where(and(eq(silence.createdBy, actor.userId), eq(silence.idempotencyKey, asked.idempotencyKey)))
    const isSame =
      same &&
      Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(same[key as keyof typeof same], value))
    if (!isSame) {
      throw new TenantryError('idempotency_mismatch', 'This key belongs to another silence.', {
        field: 'idempotencyKey',
        action: 'Use a new key for a new silence.',
      })
    }
    return { silenceId: same.id, rowVersion: same.rowVersion, repeated: true }
  },
})
