import { reopenFindingInput } from '@tenantry/contracts'
import { finding } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { holderOf } from './holder-of.ts'
import { auditTarget, lockFinding } from './lock-finding.ts'

/** Takes an ignored finding up again. */
export const reopenFinding = defineVerb({
  action: 'finding.reopen',
  permission: 'finding.resolve',
  input: reopenFindingInput,
  async run({ tx, audit }, input) {
    const row = await lockFinding(tx, input)
    await tx
      .update(finding)
      .set({ state: 'open', ignoredBy: null, ignoredBecause: null })
      .where(eq(finding.id, row.id))
    audit({
      ...auditTarget(row, (await holderOf(tx, row)).isRegistered),
      before: { state: row.state, reason: row.ignoredBecause },
      after: { kind: row.kind, subject: row.subject, state: 'open' },
    })
    return { findingId: row.id }
  },
})
