import { ignoreFindingInput } from '@tenantry/contracts'
import { finding } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { holderOf } from './holder-of.ts'
import { auditTarget, lockFinding } from './lock-finding.ts'

/** Puts a finding aside with a reason, until it changes or is gone. */
export const ignoreFinding = defineVerb({
  action: 'finding.ignore',
  permission: 'finding.resolve',
  input: ignoreFindingInput,
  async run({ tx, actor, audit }, input) {
    const row = await lockFinding(tx, input)
    await tx
      .update(finding)
      .set({ state: 'ignored', ignoredBy: actor.userId, ignoredBecause: input.reason })
      .where(eq(finding.id, row.id))
    audit({
      ...auditTarget(row, (await holderOf(tx, row)).isRegistered),
      before: { state: row.state },
      after: { kind: row.kind, subject: row.subject, state: 'ignored', reason: input.reason },
    })
    return { findingId: row.id }
  },
})
