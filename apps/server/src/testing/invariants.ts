import { findDifferences } from '@tenantry/core'
import type { Database } from '@tenantry/db'
import type pg from 'pg'

/**
 * What must hold once the dust has settled, whatever died on the way. Returns what does not, in sentences.
 * @param clusterId whose tenants to look for on `cluster`; every tenant's when left out
 */
export async function brokenInvariants(
  control: { readonly db: Database; readonly pool: pg.Pool },
  cluster: pg.Pool,
  clusterId?: string,
): Promise<string[]> {
  const ask = async (pool: pg.Pool, query: string) => (await pool.query(query)).rows
  const broken: string[] = []
  const expectNone = (rows: unknown[], sentence: string) => {
    for (const row of rows) broken.push(`${sentence}: ${JSON.stringify(row)}`)
  }
  expectNone(
    await ask(control.pool, 'select id, state from control.operation where finished_at is null'),
    'an operation has not ended',
  )
  expectNone(
    await ask(
      control.pool,
      `select o.id, o.state, count(a.*) filter (where a.outcome = 'requested')::int as requested,
         count(a.*) filter (where a.outcome in ('succeeded', 'failed', 'cancelled'))::int as terminal
       from control.operation o left join control.audit a on a.operation_id = o.id
       group by o.id having count(a.*) filter (where a.outcome = 'requested') <> 1
         or count(a.*) filter (where a.outcome in ('succeeded', 'failed', 'cancelled')) <> 1`,
    ),
    'an operation has not one requested and one terminal audit row',
  )
  expectNone(
    await ask(
      control.pool,
      `select o.id, o.bulk_id from control.operation o left join control.bulk_item i
         on i.operation_id = o.id and i.bulk_id = o.bulk_id
       where o.bulk_id is not null and i.bulk_id is null
       union all
       select i.operation_id, i.bulk_id from control.bulk_item i left join control.operation o on o.id = i.operation_id
       where i.state = 'requested' and o.id is null`,
    ),
    'a child of a bulk and its item do not know each other',
  )
  expectNone(await ask(control.pool, 'select * from control.verify_audit()'), 'the audit chain is broken')
  // What the reconciler would find: schemas, roles, privileges, access, both ways.
  for (const { id } of await ask(control.pool, 'select id from control.cluster')) {
    if (clusterId && id !== clusterId) continue
    const { differences, busy } = await findDifferences(control.db, id, cluster)
    expectNone([...differences], 'registry and cluster differ')
    expectNone([...busy], 'the comparison could not look at')
  }
  expectNone(
    await ask(
      control.pool,
      `select schema_name, state from control.spare where state in ('building', 'left')`,
    ),
    'a spare is neither ready nor gone',
  )

  const all = await ask(
    control.pool,
    'select schema_name, state, fingerprint, cluster_id from control.tenant',
  )
  const registered = all.filter((row) => !clusterId || row.cluster_id === clusterId)
  const active = registered.filter((row) => row.state === 'active')
  const prints = await ask(
    cluster,
    `select schema, fingerprint from tenantry.fingerprints(array(select nspname from pg_namespace where nspname like 't\\_%'))`,
  )
  for (const tenant of active) {
    const found = prints.find((row) => row.schema === tenant.schema_name)?.fingerprint
    if (found !== tenant.fingerprint) broken.push(`${tenant.schema_name} has fingerprint ${found}`)
  }
  return broken
}
