import { archivedSchemaNameOf } from '@tenantry/contracts'
import type pg from 'pg'

/** What must hold once the dust has settled, whatever died on the way. Returns what does not, in sentences. */
export async function brokenInvariants(control: pg.Pool, cluster: pg.Pool): Promise<string[]> {
  const ask = async (pool: pg.Pool, query: string) => (await pool.query(query)).rows
  const broken: string[] = []
  const expectNone = (rows: unknown[], sentence: string) => {
    for (const row of rows) broken.push(`${sentence}: ${JSON.stringify(row)}`)
  }
  expectNone(
    await ask(control, 'select id, state from control.operation where finished_at is null'),
    'an operation has not ended',
  )
  expectNone(
    await ask(
      control,
      `select o.id, o.state, count(a.*) filter (where a.outcome = 'requested')::int as requested,
         count(a.*) filter (where a.outcome in ('succeeded', 'failed', 'cancelled'))::int as terminal
       from control.operation o left join control.audit a on a.operation_id = o.id
       group by o.id having count(a.*) filter (where a.outcome = 'requested') <> 1
         or count(a.*) filter (where a.outcome in ('succeeded', 'failed', 'cancelled')) <> 1`,
    ),
    'an operation has not one requested and one terminal audit row',
  )
  expectNone(await ask(control, 'select * from control.verify_audit()'), 'the audit chain is broken')
  expectNone(
    await ask(cluster, `select name from tenantry.inventory() where kind = 'login'`),
    'an owner role can log in outside a job',
  )

  const [installation] = await ask(cluster, 'select id from tenantry.installation')
  const registered = await ask(
    control,
    `select t.id, t.schema_name, t.state, t.fingerprint
     from control.tenant t join control.cluster c on c.id = t.cluster_id
     where c.installation_id = '${installation?.id}'`,
  )
  const real = await ask(cluster, 'select kind, name from tenantry.inventory()')
  const namesOf = (kind: string) => new Set(real.filter((row) => row.kind === kind).map((row) => row.name))
  const schemas = namesOf('schema')
  const roles = namesOf('role')
  for (const tenant of registered) {
    const wanted = ['active', 'suspended', 'archived'].includes(tenant.state)
    const schema = tenant.state === 'archived' ? archivedSchemaNameOf(tenant.id) : tenant.schema_name
    if (schemas.delete(schema) !== wanted) broken.push(`${tenant.state} tenant ${schema}: schema`)
    for (const login of ['_app_a', '_app_b']) if (wanted) roles.delete(tenant.id + login)
    for (const role of [tenant.id, `${tenant.id}_w`, `${tenant.id}_app`]) {
      if (roles.delete(role) !== wanted)
        broken.push(`${tenant.state} tenant ${tenant.schema_name}: role ${role}`)
    }
  }
  for (const spare of await ask(control, `select id, schema_name, state from control.spare`)) {
    if (['building', 'left'].includes(spare.state)) broken.push(`${spare.state} spare ${spare.schema_name}`)
    if (spare.state !== 'ready') continue
    if (!schemas.delete(spare.schema_name)) broken.push(`ready spare ${spare.schema_name}: no schema`)
    for (const role of [spare.id, `${spare.id}_w`, `${spare.id}_app`]) {
      if (!roles.delete(role)) broken.push(`ready spare ${spare.schema_name}: no role ${role}`)
    }
  }
  for (const orphan of [...schemas, ...roles]) broken.push(`an orphan on the cluster: ${orphan}`)

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
