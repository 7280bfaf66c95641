import type { BulkOutcome } from '@tenantry/contracts'
import { and, asc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { bulkItem, operation, tenant } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, isoOrNull } from './keyset.ts'

export interface BulkItemListing {
  readonly bulkId: string
  readonly outcomes?: readonly BulkOutcome[] | undefined
  /** Only the failures of one group. */
  readonly group?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface BulkItemRow {
  /** Its place; in an import the row's number. */
  readonly ordinal: number
  readonly outcome: BulkOutcome
  readonly tenantId: string | null
  /** Of the tenant, else what the row of the import says. */
  readonly slug: string | null
  readonly displayName: string | null
  readonly operationId: string | null
  readonly attempt: number | null
  /** Why it failed or was refused. */
  readonly error: {
    readonly code: string
    readonly message: string
    readonly action?: string
    readonly field?: string
  } | null
  /** What the row of the import held, or what the child was asked besides. */
  readonly input: Record<string, unknown>
  /** How often it was put off because its tenant was busy. */
  readonly tries: number
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

const outcome = sql<BulkOutcome>`case ${bulkItem.state} when 'requested' then
  case when ${operation.state} in ('waiting', 'undoing') then 'running' else coalesce(${operation.state}, 'running') end
  else ${bulkItem.state} end`

/** The items of a bulk in their order. */
export async function listBulkItems(
  db: Database,
  listing: BulkItemListing,
): Promise<{ items: BulkItemRow[]; nextCursor: string | null }> {
  const { limit = defaultLimit, outcomes, group } = listing
  let after: SQL | undefined
  if (listing.cursor) {
    const [ordinal] = decodeCursor(listing.cursor, ['whole'])
    after = gt(bulkItem.ordinal, sql`${ordinal}::bigint`)
  }
  const rows = await db
    .select({
      ordinal: bulkItem.ordinal,
      outcome,
      tenantId: bulkItem.tenantId,
      slug: sql<string | null>`coalesce(${tenant.slug}, ${bulkItem.input} ->> 'slug')`,
      displayName: sql<string | null>`coalesce(${tenant.displayName}, ${bulkItem.input} ->> 'displayName')`,
      operationId: bulkItem.operationId,
      attempt: operation.attempt,
      error: sql<
        BulkItemRow['error']
      >`coalesce(${bulkItem.refusal}, case when ${operation.state} = 'failed' then ${operation.error} end)`,
      input: bulkItem.input,
      tries: bulkItem.tries,
      startedAt: isoOrNull(operation.startedAt),
      finishedAt: isoOrNull(operation.finishedAt),
    })
    .from(bulkItem)
    .leftJoin(operation, eq(operation.id, bulkItem.operationId))
    .leftJoin(tenant, eq(tenant.id, bulkItem.tenantId))
    .where(
      and(
        eq(bulkItem.bulkId, listing.bulkId),
        outcomes?.length ? inArray(outcome, [...outcomes]) : undefined,
        group
          ? or(
              sql`${bulkItem.refusal} ->> 'group' = ${group}`,
              and(eq(operation.state, 'failed'), sql`${operation.error} ->> 'group' = ${group}`),
            )
          : undefined,
        after,
      ),
    )
    .orderBy(asc(bulkItem.ordinal))
    .limit(limit + 1)
  return cutPage(
    rows,
    limit,
    (row) => [String(row.ordinal)],
    (row) => row,
  )
}
