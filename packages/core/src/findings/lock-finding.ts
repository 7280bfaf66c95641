import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { finding } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

export type FindingRecord = typeof finding.$inferSelect

/**
 * The finding, locked until the transaction ends, as whoever acts on it has seen it.
 * @throws TenantryError `not_found`, `version_conflict`, `unlawful_transition` when it is resolved
 */
export async function lockFinding(
  tx: Database,
  { findingId, ifVersion }: { readonly findingId: string; readonly ifVersion: number },
): Promise<FindingRecord> {
  const [row] = await tx.select().from(finding).where(eq(finding.id, findingId)).for('update')
  if (!row) {
    throw new TenantryError('not_found', `There is no finding ${findingId}.`, {
      action: 'Go back to the list.',
    })
  }
  if (row.state === 'resolved') {
    throw new TenantryError('unlawful_transition', 'Registry and cluster agree again: it is resolved.', {
      action: 'Nothing to do.',
    })
  }
  if (row.rowVersion !== ifVersion) {
    throw new TenantryError('version_conflict', 'The finding has changed since you looked.', {
      action: 'Look at what the two sides say now, then decide again.',
      rowVersion: row.rowVersion,
    })
  }
  return row
}

/** Where what is done about a finding goes in the audit log: the chain of its tenant, if that is registered. */
export function auditTarget(row: FindingRecord, isRegistered: boolean) {
  return {
    target: { kind: 'finding', id: row.id },
    ...(row.tenantId && isRegistered ? { tenantId: row.tenantId } : {}),
  }
}
