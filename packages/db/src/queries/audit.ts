import type { AuditAction, AuditOutcome } from '@tenantry/contracts'
import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { audit, tenant } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, holds, iso, type Page } from './keyset.ts'

export interface AuditFilter {
  readonly actions?: readonly AuditAction[] | undefined
  readonly outcomes?: readonly AuditOutcome[] | undefined
  readonly actorId?: string | undefined
  /** Everything in a tenant's chain. */
  readonly tenantId?: string | undefined
  readonly targetId?: string | undefined
  readonly operationId?: string | undefined
  readonly requestId?: string | undefined
  readonly from?: Date | undefined
  /** Not included. */
  readonly to?: Date | undefined
  /** Part of the actor's name, the target, the action or the address. */
  readonly text?: string | undefined
}

export interface AuditListing extends AuditFilter {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A row of the audit log, with the field names of `audit.appended` events. */
export interface AuditRow {
  /** `<chain>/<seq>`: also the entity id of its event. */
  readonly id: string
  readonly chain: string
  readonly seq: number
  readonly at: string
  readonly actorId: string
  readonly actorName: string
  readonly sessionId: string | null
  readonly address: string | null
  readonly requestId: string | null
  readonly action: AuditAction
  readonly targetKind: string | null
  readonly targetId: string | null
  /** The slug, where the target or the chain is a tenant. */
  readonly tenantSlug: string | null
  readonly outcome: AuditOutcome
  readonly errorCode: string | null
  readonly operationId: string | null
  readonly attempt: number | null
  readonly before: Record<string, unknown> | null
  readonly after: Record<string, unknown> | null
  /** sha256, hex. */
  readonly hash: string
}

function matching(filter: AuditFilter): SQL | undefined {
  const { text } = filter
  return and(
    filter.actions?.length ? inArray(audit.action, [...filter.actions]) : undefined,
    filter.outcomes?.length ? inArray(audit.outcome, [...filter.outcomes]) : undefined,
    filter.actorId ? eq(audit.actorId, filter.actorId) : undefined,
    filter.tenantId ? eq(audit.chain, filter.tenantId) : undefined,
    filter.targetId ? eq(audit.targetId, filter.targetId) : undefined,
    filter.operationId ? eq(audit.operationId, filter.operationId) : undefined,
    filter.requestId ? eq(audit.requestId, filter.requestId) : undefined,
    filter.from ? gte(audit.at, filter.from) : undefined,
    filter.to ? lt(audit.at, filter.to) : undefined,
    text
      ? or(
          ...[audit.actorName, audit.action, audit.targetId, audit.address, tenant.slug].map((c) =>
            holds(c, text),
          ),
        )
      : undefined,
  )
}

const ofTenant = sql`${tenant.id} = coalesce(case ${audit.targetKind} when 'tenant' then ${audit.targetId} end, ${audit.chain})`

/** The audit log, newest first. */
export async function listAudit(db: Database, listing: AuditListing): Promise<Page<AuditRow>> {
  const { limit = defaultLimit } = listing
  const filter = matching(listing)
  let after: SQL | undefined
  if (listing.cursor) {
    const [at, chain, seq] = decodeCursor(listing.cursor, ['time', 'text', 'whole'])
    after = sql`(${audit.at}, ${audit.chain}, ${audit.seq}) < (${at}::timestamptz, ${chain}, ${Number(seq)})`
  }
  const rows = await db
    .select({
      chain: audit.chain,
      seq: audit.seq,
      at: iso(audit.at),
      actorId: audit.actorId,
      actorName: audit.actorName,
      sessionId: audit.sessionId,
      address: audit.address,
      requestId: audit.requestId,
      action: audit.action,
      targetKind: audit.targetKind,
      targetId: audit.targetId,
      tenantSlug: tenant.slug,
      outcome: audit.outcome,
      errorCode: audit.errorCode,
      operationId: audit.operationId,
      attempt: audit.attempt,
      before: audit.before,
      after: audit.after,
      hash: sql<string>`encode(${audit.hash}, 'hex')`,
      sortedBy: exactly(audit.at),
    })
    .from(audit)
    .leftJoin(tenant, ofTenant)
    .where(and(filter, after))
    .orderBy(desc(audit.at), desc(audit.chain), desc(audit.seq))
    .limit(limit + 1)
  const [count] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(audit)
    .leftJoin(tenant, ofTenant)
    .where(filter)
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [row.sortedBy, row.chain, String(row.seq)],
      ({ sortedBy: _, ...row }) => ({ id: `${row.chain}/${row.seq}`, ...row }),
    ),
    total: count?.total ?? 0,
  }
}

export interface AuditProof {
  readonly intact: boolean
  readonly chains: number
  readonly rows: number
  readonly verifiedAt: string
  /** The first broken link of every broken chain. */
  readonly faults: { readonly chain: string; readonly seq: number; readonly fault: string }[]
  /** Hash of the last row of the system chain, hex: note it down elsewhere to prove later that nothing before it changed. */
  readonly systemHead: string | null
}

/** Reads the whole log and recomputes every hash. 15 ms a thousand rows. */
export async function proveAudit(db: Database): Promise<AuditProof> {
  const faults = await db.execute<{ chain: string; seq: number; fault: string }>(
    sql`select chain, seq::float8 as seq, fault from control.verify_audit() order by chain`,
  )
  const { rows } = await db.execute<{ chains: number; rows: number; head: string | null; at: string }>(sql`
    select count(*)::int as chains, coalesce(sum(seq), 0)::float8 as rows,
      max(encode(hash, 'hex')) filter (where chain = 'system') as head, control.iso(now()) as at
    from control.audit_head`)
  const [heads] = rows
  return {
    intact: faults.rows.length === 0,
    chains: heads?.chains ?? 0,
    rows: heads?.rows ?? 0,
    verifiedAt: heads?.at ?? new Date().toISOString(),
    faults: faults.rows,
    systemHead: heads?.head ?? null,
  }
}
