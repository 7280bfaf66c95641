import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/** How long one statement of a job may take in this tenant, milliseconds; undefined: nothing but the job's own deadline. */
export async function readStatementLimit(db: Database, tenantId: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ seconds: number }>(sql`
    select "limit"::float8 as seconds from control.effective_quota
    where tenant_id = ${tenantId} and resource = 'statement_seconds'`)
  const [row] = rows
  // The server takes 0 for no limit at all, and no more than an int.
  return row && Math.min(Math.max(row.seconds * 1000, 1), 2_147_483_647)
}
