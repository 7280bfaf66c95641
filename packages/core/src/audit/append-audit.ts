import { type AuditAction, type AuditOutcome, systemChain } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { audit } from '@tenantry/db/schema'
import type { Actor } from '../actor.ts'

export interface AuditEntry {
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly target?: { kind: string; id: string }
  /** The tenant whose chain it belongs to; left out: the system's. */
  readonly tenantId?: string
  readonly errorCode?: string
  readonly operationId?: string
  readonly attempt?: number
  readonly before?: Record<string, unknown>
  readonly after?: Record<string, unknown>
}

/**
 * Appends to the audit log inside `tx`. It locks the head of its chain until commit, so call it last. If it cannot be
 * written, the transaction fails: nothing happens unrecorded.
 */
export async function appendAudit(tx: Database, actor: Actor, entry: AuditEntry): Promise<void> {
  await appendAudits(tx, actor, [entry])
}

/** Many at once, in one statement. */
export async function appendAudits(
  tx: Database,
  actor: Actor,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length) await tx.insert(audit).values(entries.map((entry) => rowOf(actor, entry)))
}

const rowOf = (actor: Actor, entry: AuditEntry): typeof audit.$inferInsert => ({
  chain: entry.tenantId ?? systemChain,
  actorId: actor.userId,
  actorName: actor.name,
  sessionId: actor.sessionId?.slice(0, 12) ?? null,
  address: actor.address ?? null,
  requestId: actor.requestId ?? null,
  action: entry.action,
  targetKind: entry.target?.kind ?? null,
  targetId: entry.target?.id ?? null,
  outcome: entry.outcome,
  errorCode: entry.errorCode ?? null,
  operationId: entry.operationId ?? null,
  attempt: entry.attempt ?? null,
  before: entry.before ? redact(entry.before) : null,
  after: entry.after ? redact(entry.after) : null,
})

const secret = /password|secret|token|verifier|url$/i

/** Secrets never reach the log; that something stood there does. */
export function redact(value: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => (secret.test(key) && inner != null ? '[redacted]' : inner)),
  )
}
