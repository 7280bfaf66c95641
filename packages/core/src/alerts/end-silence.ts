import { endSilenceInput, TenantryError } from '@tenantry/contracts'
import { silence } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Ends a silence now; one that has not begun never does. What still fires is announced again. */
export const endSilence = defineVerb({
  action: 'silence.end',
  permission: 'alert.silence',
  input: endSilenceInput,
  async run({ tx, audit }, { silenceId, ifVersion }) {
    const [row] = await tx
      .select({
        version: silence.rowVersion,
        comment: silence.comment,
        over: sql<boolean>`${silence.endsAt} <= clock_timestamp()`,
      })
      .from(silence)
      .where(eq(silence.id, silenceId))
      .for('update')
    if (!row) {
      throw new TenantryError('not_found', 'There is no such silence.', { action: 'Go back to the list.' })
    }
    if (row.over) {
      throw new TenantryError('unlawful_transition', 'It is over already.', { action: 'Reload the list.' })
    }
    if (row.version !== ifVersion) {
      throw new TenantryError('version_conflict', 'The silence has changed since you looked.', {
        action: 'Look at it as it is now, then decide again.',
        rowVersion: row.version,
      })
    }
    const [after] = await tx
      .update(silence)
      .set({ endsAt: sql`greatest(${silence.startsAt}, clock_timestamp())` })
      .where(eq(silence.id, silenceId))
      .returning()
    audit({
      target: { kind: 'silence', id: silenceId },
      after: { comment: row.comment, endsAt: after?.endsAt ?? null },
    })
    return { silenceId, rowVersion: after?.rowVersion ?? ifVersion }
  },
})
