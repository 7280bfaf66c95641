import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/** How often it goes on, and for how long it may then take, ms. */
const everySeconds = 30
const budgetMs = 200

interface Progress extends Record<string, unknown> {
  /** Chains with a broken link, as last seen. */
  broken: string[]
  /** The last chain looked at. */
  after: string
}

/**
 * Whether the audit log is whole, as far as it has been looked at: it is walked through chain by chain, a few at a time
 * and round again, so that a large log costs no more than a small one. A broken chain is looked at each time.
 */
export async function verifyAudit(tx: Database): Promise<boolean> {
  const { rows } = await tx.execute<{ state: Progress; due: boolean }>(sql`
    select state, until < clock_timestamp() as due from control.sampling where name = 'audit'`)
  const known = rows[0]?.state ?? { broken: [], after: '' }
  if (rows[0] && !rows[0].due) return known.broken.length === 0
  const broken = new Set<string>()
  for (const chain of known.broken) if (await isBroken(tx, chain)) broken.add(chain)
  const begun = performance.now()
  let after = known.after
  while (performance.now() - begun < budgetMs) {
    const next = await tx.execute<{ chain: string }>(
      sql`select chain from control.audit_head where chain > ${after} order by chain limit 1`,
    )
    // Round again at the next turn.
    after = next.rows[0]?.chain ?? ''
    if (!after) break
    if (await isBroken(tx, after)) broken.add(after)
  }
  const state = JSON.stringify({ broken: [...broken], after } satisfies Progress)
  await tx.execute(sql`
    insert into control.sampling (name, until, state)
    values ('audit', clock_timestamp() + ${everySeconds} * interval '1 second', ${state}::jsonb)
    on conflict (name) do update set until = excluded.until, state = excluded.state`)
  return broken.size === 0
}

async function isBroken(tx: Database, chain: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from control.verify_audit(${chain})`)
  return rows.length > 0
}
