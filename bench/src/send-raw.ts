import { renderSnapshot } from '@tenantry/db/cluster'
import type { templateVersion } from '@tenantry/db/schema'
import type pg from 'pg'

/** What a superuser without a control plane would send for one tenant: its DDL and its seed, a transaction each. */
export async function sendRaw(
  client: pg.Client,
  { snapshot, placeholders, seed }: typeof templateVersion.$inferSelect,
  schema: string,
): Promise<void> {
  if (!snapshot || !placeholders) throw new Error('no snapshot')
  const names = { schema, owner: 'raw_owner', writer: 'raw_writer', app: 'raw_app' }
  await client.query('begin')
  await client.query(`create schema ${schema}`)
  await client.query(`set local search_path = ${schema}`)
  await client.query(renderSnapshot({ sql: snapshot, placeholders }, names))
  await client.query('commit')
  await client.query('begin')
  await client.query(`set local search_path = ${schema}`)
  await client.query(seed)
  await client.query('commit')
}
