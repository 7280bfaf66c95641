import { archivedSchemaNameOf, proposalOf } from '@tenantry/contracts'
import {
  archiveTenant,
  purgeTenant,
  resolveFinding,
  rotateCredentials,
  runVerb,
  suspendTenant,
  systemActor,
} from '@tenantry/core'
import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
beforeAll(async () => {
  fleet = await startFleet()
  const worker = await fleet.work()
  library = await fleet.template()
  await Promise.all(drifts.map(seed))
  await worker.close()
}, 120_000)
afterAll(() => fleet.close())

interface Place {
  readonly id: string
  readonly slug: string
  readonly schema: string
}

/** What somebody did by hand, and all that is to be found of it. */
interface Drift {
  readonly title: string
  /** What becomes of the tenant before; `none`: there is none. */
  readonly as?: 'active' | 'suspended' | 'archived' | 'purged' | 'none'
  /** How often credentials are issued before. */
  readonly logins?: number
  readonly sql?: (place: Place) => string
  /** In the control database. */
  readonly control?: (place: Place) => string
  readonly expect: readonly string[]
}

const drifts: readonly Drift[] = [
  {
    title: 'a schema is dropped',
    sql: ({ schema }) => `drop schema ${schema} cascade`,
    expect: ['schema_missing'],
  },
  {
    title: 'a schema is renamed',
    sql: ({ schema }) => `alter schema ${schema} rename to ${schema}_old`,
    expect: ['name_differs'],
  },
  {
    title: 'a schema is renamed to what no tenant is named',
    sql: ({ schema }) => `alter schema ${schema} rename to students_${schema}`,
    expect: ['name_differs'],
  },
  {
    title: 'the writer is dropped',
    sql: ({ id }) => `drop owned by ${id}_w; drop role ${id}_w`,
    expect: ['role_missing'],
  },
  {
    title: 'the owner is renamed',
    sql: ({ id, slug }) => `alter role ${id} rename to boss_${slug.replaceAll('-', '_')}`,
    expect: ['privileges_differ', 'role_missing'],
  },
  {
    title: 'the application is renamed',
    sql: ({ id, slug }) => `alter role ${id}_app rename to app_${slug.replaceAll('-', '_')}`,
    expect: ['privileges_differ', 'role_missing'],
  },
  {
    title: 'the owner may log in',
    sql: ({ id }) => `alter role ${id} login password 'x'`,
    expect: ['login_open'],
  },
  {
    title: 'the application itself may log in',
    sql: ({ id }) => `alter role ${id}_app login password 'x'`,
    expect: ['privileges_differ'],
  },
  {
    title: 'an active tenant’s application may not use its schema',
    sql: ({ id, schema }) => `revoke usage on schema ${schema} from ${id}_app`,
    expect: ['access_closed'],
  },
  {
    title: 'an active tenant is marked as closed',
    sql: ({ id }) => `update tenantry.tenant set blocked_at = now() where tenant_id = '${id}'`,
    expect: ['access_closed'],
  },
  {
    title: 'the current credentials are over',
    logins: 1,
    sql: ({ id }) => `alter role ${id}_app_a valid until '2020-01-01'`,
    expect: ['access_closed'],
  },
  {
    title: 'a suspended tenant’s application may use its schema',
    as: 'suspended',
    sql: ({ id, schema }) => `grant usage on schema ${schema} to ${id}_app`,
    expect: ['access_open'],
  },
  {
    title: 'a suspended tenant’s product may log in',
    as: 'suspended',
    logins: 1,
    sql: ({ id }) => `alter role ${id}_app_a login`,
    expect: ['access_open'],
  },
  {
    title: 'an archived tenant’s application may use its schema',
    as: 'archived',
    sql: ({ id }) => `grant usage on schema ${archivedSchemaNameOf(id)} to ${id}_app`,
    expect: ['access_open'],
  },
  {
    title: 'an archived schema is renamed back',
    as: 'archived',
    sql: ({ id, schema }) => `alter schema ${archivedSchemaNameOf(id)} rename to ${schema}`,
    expect: ['name_differs'],
  },
  {
    title: 'a stranger is a member of the application',
    sql: ({ id, slug }) =>
      `create role guest_${slug.replaceAll('-', '_')}; grant ${id}_app to guest_${slug.replaceAll('-', '_')}`,
    expect: ['privileges_differ'],
  },
  {
    title: 'the application is a member of what reads everything',
    sql: ({ id }) => `grant pg_read_all_data to ${id}_app`,
    expect: ['privileges_differ'],
  },
  {
    title: 'a role may create roles',
    sql: ({ id }) => `alter role ${id}_app createrole`,
    expect: ['privileges_differ'],
  },
  {
    title: 'a schema has another owner',
    sql: ({ slug, schema }) =>
      `create role heir_${slug.replaceAll('-', '_')}; alter schema ${schema} owner to heir_${slug.replaceAll('-', '_')}`,
    expect: ['privileges_differ'],
  },
  {
    title: 'everybody may use a schema',
    sql: ({ schema }) => `grant usage on schema ${schema} to public`,
    expect: ['privileges_differ'],
  },
  {
    title: 'the owner may no longer create in its schema',
    sql: ({ id, schema }) => `revoke create on schema ${schema} from ${id}`,
    expect: ['privileges_differ'],
  },
  {
    title: 'the application cannot write',
    sql: ({ id }) => `revoke ${id}_w from ${id}_app`,
    expect: ['privileges_differ'],
  },
  {
    title: 'the application looks elsewhere',
    sql: ({ id }) => `alter role ${id}_app set search_path = public`,
    expect: ['privileges_differ'],
  },
  {
    title: 'the credentials before are valid for ever',
    logins: 2,
    sql: ({ id }) => `alter role ${id}_app_a valid until 'infinity'`,
    expect: ['privileges_differ'],
  },
  {
    title: 'a lane is deleted',
    logins: 1,
    sql: ({ id }) => `delete from tenantry.tenant where tenant_id = '${id}'`,
    expect: ['lane_missing'],
  },
  {
    title: 'a lane says that its tenant was dropped',
    sql: ({ id }) => `update tenantry.tenant set dropped_at = now() where tenant_id = '${id}'`,
    expect: ['lane_missing'],
  },
  {
    title: 'a lane is deleted and its schema restored without privileges',
    sql: ({ id, schema }) => `delete from tenantry.tenant where tenant_id = '${id}';
      revoke all on schema ${schema} from ${id}, ${id}_app`,
    expect: ['lane_missing'],
  },
  {
    title: 'a lane has another name',
    sql: ({ id }) => `update tenantry.tenant set schema = 't_somewhere_else' where tenant_id = '${id}'`,
    expect: ['name_differs'],
  },
  {
    title: 'the control database was restored from an older backup',
    control: ({ id }) => `update control.tenant set fence = 0 where id = '${id}'`,
    expect: ['fence_behind'],
  },
  {
    title: 'a tenant that the control database has forgotten',
    as: 'none',
    sql: ({ id, schema }) => orphan(id, schema),
    expect: ['schema_orphan'],
  },
  {
    title: 'a forgotten tenant whose schema was renamed',
    as: 'none',
    sql: ({ id, schema }) => `${orphan(id, schema)}; alter schema ${schema} rename to ${schema}_lost`,
    expect: ['schema_orphan'],
  },
  {
    title: 'the roles of a forgotten tenant whose schema was dropped',
    as: 'none',
    sql: ({ id, schema }) => `${orphan(id, schema)}; drop schema ${schema}`,
    expect: ['role_orphan'],
  },
  {
    title: 'a forgotten tenant without a lane',
    as: 'none',
    sql: ({ id, schema }) => `${orphan(id, schema)}; delete from tenantry.tenant where tenant_id = '${id}'`,
    expect: ['schema_orphan'],
  },
  {
    title: 'a purged tenant that the cluster’s backup has brought back',
    as: 'purged',
    sql: ({ id, schema }) =>
      `${orphan(id, schema, 9)}; update tenantry.tenant set fence = 99 where tenant_id = '${id}'`,
    expect: ['schema_orphan'],
  },
  {
    title: 'a spare that is gone',
    as: 'none',
    control: ({ id, schema }) =>
      `alter table control.spare disable trigger spare_moves_lawfully;
       insert into control.spare (id, origin, state, cluster_id, schema_name, template_id, template_version, fingerprint)
       select '${id}', 'pool', 'ready', c.id, '${schema}', t.id, 2, 'f' from control.cluster c, control.template t;
       alter table control.spare enable trigger spare_moves_lawfully`,
    expect: ['schema_missing'],
  },
  {
    title: 'a schema that somebody made by hand',
    as: 'none',
    sql: ({ schema }) => `create schema ${schema}; create table ${schema}.precious ()`,
    expect: ['schema_unknown'],
  },
  { title: 'nothing at all', logins: 2, expect: [] },
]

const orphan = (id: string, schema: string, fence = 1) =>
  `select tenantry.create_tenant_roles('${id}', '${schema}', 'by hand ${id}', ${fence});
   select tenantry.create_tenant_schema('${id}', 'by hand ${id}', ${fence})`

const seeded = new Map<Drift, Place>()
let count = 0
const key = () => `reconcile-${++count}`

async function seed(drift: Drift, index: number): Promise<void> {
  const slug = `drift-${index}`
  const schema = `t_drift_${index}`
  const before = drift.as ?? 'active'
  let id: string = newId('tn')
  const done = async (request: Promise<{ operationId: string }>) =>
    expect(await fleet.ended((await request).operationId)).toBe('succeeded')
  if (before !== 'none') {
    const { operationId, tenantId } = await fleet.provision(library, slug)
    expect(await fleet.ended(operationId)).toBe('succeeded')
    id = tenantId ?? ''
    for (let n = 0; n < (drift.logins ?? 0); n++) {
      const wish = { idempotencyKey: key(), tenantId: id, overlapMinutes: 60 }
      await done(runVerb(fleet.core, systemActor, rotateCredentials, wish))
    }
    const common = { tenantId: id, reason: 'for a test', confirmSlug: slug }
    if (before === 'suspended') {
      await done(runVerb(fleet.core, systemActor, suspendTenant, { ...common, idempotencyKey: key() }))
    }
    if (before === 'archived' || before === 'purged') {
      const wish = { ...common, idempotencyKey: key(), keepDays: 0 }
      await done(runVerb(fleet.core, systemActor, archiveTenant, wish))
    }
    if (before === 'purged') {
      const wish = { ...common, idempotencyKey: key(), beforeWindowEnds: true }
      await done(runVerb(fleet.core, systemActor, purgeTenant, wish))
    }
  }
  seeded.set(drift, { id, slug, schema })
}

const found = async (drift: Drift) => {
  const place = seeded.get(drift)
  const rows = await fleet.rows("select * from control.finding where state <> 'resolved'")
  return rows.filter((row) => row.tenant_id === place?.id || row.subject === place?.schema)
}

describe('a comparison', () => {
  it('finds nothing while registry and cluster agree', async () => {
    expect(await fleet.compare()).toEqual([])
  })

  it(`reports ${drifts.length - 1} differences made by hand, each of its kind, and nothing else`, async () => {
    for (const drift of drifts) {
      const place = seeded.get(drift)
      if (!place) throw new Error('nothing was seeded')
      if (drift.sql) await fleet.cluster.pool.query(drift.sql(place))
      if (drift.control) await fleet.control.pool.query(drift.control(place))
    }
    const all = await fleet.compare()
    const told = []
    for (const drift of drifts) {
      told.push([drift.title, (await found(drift)).map(({ kind }) => kind).toSorted()])
    }
    expect(told).toEqual(drifts.map((drift) => [drift.title, drift.expect]))
    expect(all).toHaveLength(drifts.flatMap((drift) => drift.expect).length)
  })

  it('sees the same again without telling anybody: no event, no new version', async () => {
    const events = async () =>
      (
        await fleet.rows(
          `select (select count(*) from control.event where kind = 'finding.changed')
          + (select count(*) from control.event_outbox where kind = 'finding.changed') as count`,
        )
      )[0].count
    const [before, versions] = [
      await events(),
      await fleet.rows('select id, row_version from control.finding order by id'),
    ]
    await fleet.compare()
    expect(await events()).toBe(before)
    expect(await fleet.rows('select id, row_version from control.finding order by id')).toEqual(versions)
  })
})

describe('what is proposed', () => {
  it('sets right all that can be set right without a backup, and is then found no more', async () => {
    await fleet.work()
    const holders = await fleet.rows(`select f.id, f.kind, f.subject, f.row_version,
        coalesce(t.state, case when s.state = 'ready' then 'spare' end) as holder
      from control.finding f left join control.tenant t on t.id = f.tenant_id left join control.spare s on s.id = f.tenant_id
      where f.state = 'open' order by f.tenant_id, f.kind`)
    const busy = new Set<string>()
    for (const row of holders) {
      const { act } = proposalOf(row)
      // The pool gives up by itself a spare that nobody wants.
      if (!act || act === 'adopt' || row.holder === 'spare' || busy.has(row.subject)) continue
      busy.add(row.subject)
      const { operationId } = await runVerb(fleet.core, systemActor, resolveFinding, {
        idempotencyKey: key(),
        findingId: row.id,
        ifVersion: Number(row.row_version),
        reason: 'it was done by hand',
        confirmSubject: row.subject,
      })
      if (!operationId) continue
      const state = await fleet.ended(operationId)
      const [why] = await fleet.rows(`select kind, error from control.operation where id = '${operationId}'`)
      expect(state, `${row.kind} ${row.subject}: ${JSON.stringify(why)}`).toBe('succeeded')
    }
    await expect
      .poll(async () => (await fleet.compare()).map(({ kind }) => kind), { timeout: 20_000 })
      .toEqual(['schema_missing', 'schema_unknown'])
    const [{ precious }] = (
      await fleet.cluster.pool.query(
        `select count(*)::int as precious from pg_class where relname = 'precious'`,
      )
    ).rows
    expect(precious).toBe(1)
    for (const title of ['the writer is dropped', 'the owner is renamed', 'the application is renamed']) {
      const [, place] = [...seeded].find(([drift]) => drift.title === title) ?? []
      const { rows } = await fleet.cluster.pool.query(
        `select pg_get_userbyid(relowner) = $1 as owned, has_table_privilege($2, oid, 'select') as reads,
           has_table_privilege($2, oid, 'insert') as writes
         from pg_class where oid = '${place?.schema}.book'::regclass`,
        [place?.id, `${place?.id}_app`],
      )
      expect(rows, title).toEqual([{ owned: true, reads: true, writes: true }])
    }
  }, 120_000)
})
