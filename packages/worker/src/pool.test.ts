import { findDifferences, retryOperation, runVerb, setPool, systemActor } from '@tenantry/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, smallTemplate, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
  library = await fleet.template()
})
afterAll(() => fleet.close())

const one = async (query: string) => (await fleet.rows(query))[0]
const keep = (size: number | null, templateId = library) =>
  runVerb(fleet.core, systemActor, setPool, { templateId, clusterId: null, size })
const pool = (templateId = library) =>
  one(`select building, ready, stale, "left" from control.pool_state() where template_id = '${templateId}'`)
/** Until the pool is so and nothing more is to be done for it. */
const settled = (ready: number, templateId = library) =>
  expect.poll(() => pool(templateId), { timeout: 20_000 }).toEqual({ building: 0, ready, stale: 0, left: 0 })
/** What of spares is on the cluster. */
const spareSchemas = async () =>
  (await fleet.inventory()).filter(({ name }) => name.startsWith('t_spare_')).map(({ name }) => name)
const kindOf = async (id: string) => (await one(`select kind from control.operation where id = '${id}'`)).kind
const errorOf = async (id: string) =>
  (await one(`select error from control.operation where id = '${id}'`)).error
const fingerprintOf = async (templateId: string, version: number) =>
  (
    await one(
      `select fingerprint from control.template_version where template_id = '${templateId}' and version = ${version}`,
    )
  ).fingerprint
const found = async (schema: string) =>
  (await fleet.cluster.pool.query('select tenantry.fingerprint($1) as found', [schema])).rows[0].found

/** Every test leaves an empty pool and no spare on the cluster. */
afterEach(async () => {
  await fleet.rows('delete from control.pool_policy')
  await expect.poll(spareSchemas, { timeout: 20_000 }).toEqual([])
})

describe('the warm pool', () => {
  it('is filled to its size with schemas that no tenant owns, and filled again after a sign-up', async () => {
    await keep(2)
    await settled(2)
    expect(await spareSchemas()).toHaveLength(2)
    const { operationId } = await fleet.provision(library)
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await kindOf(operationId)).toBe('tenant.claim')
    await settled(2)
    expect(await spareSchemas()).toHaveLength(2)
  })

  it('is rebuilt when its template moves on, and the older schemas are dropped', async () => {
    const moving = await fleet.template(smallTemplate, '', 'moving')
    await keep(2, moving)
    await settled(2, moving)
    const before = await spareSchemas()
    await fleet.template(
      [...smallTemplate, { version: 3, name: 'shelf', sql: 'create table shelf (id int primary key);' }],
      '',
      'moving',
    )
    await expect
      .poll(() => fleet.rows(`select id from control.spare where state = 'ready' and template_version = 3`), {
        timeout: 20_000,
      })
      .toHaveLength(2)
    await settled(2, moving)
    expect((await spareSchemas()).filter((name) => before.includes(name))).toEqual([])
    const { operationId, tenantId } = await fleet.provision(moving, 'up-to-date')
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await kindOf(operationId)).toBe('tenant.claim')
    expect(await one(`select template_version from control.tenant where id = '${tenantId}'`)).toEqual({
      template_version: 3,
    })
    expect(await found('t_up_to_date')).toBe(await fingerprintOf(moving, 3))
  })

  it('drops what a failed build has left, and does not try again at once', async () => {
    const broken = await fleet.template(undefined, 'insert into nowhere values (1);', 'broken')
    await keep(3, broken)
    await expect
      .poll(
        () =>
          fleet.rows(`select id from control.spare where template_id = '${broken}' and state = 'dropped'`),
        {
          timeout: 20_000,
        },
      )
      .not.toHaveLength(0)
    const [build] = await fleet.rows(
      `select error from control.operation where kind = 'spare.build' and template_id = '${broken}' and state = 'failed'`,
    )
    expect(build.error).toMatchObject({ code: '42P01', step: 'seed', undone: true })
    expect(
      (await one(`select count(*)::int from control.spare where template_id = '${broken}'`)).count,
    ).toBeLessThan(6)
  })

  it('is not kept of a template that would break by a rename, and says which is to be done', async () => {
    const named = await fleet.template(
      [
        {
          version: 1,
          name: 'pinned',
          sql: `create table book (title text);
            create function titles() returns setof text language sql set search_path from current
              as 'select title from book';`,
        },
      ],
      '',
      'pinned',
    )
    await keep(1, named)
    const failed = () =>
      fleet.rows(
        `select error from control.operation where kind = 'spare.build' and template_id = '${named}' and state = 'failed'`,
      )
    await expect.poll(failed, { timeout: 20_000 }).not.toHaveLength(0)
    expect((await failed())[0].error).toMatchObject({
      code: 'TN021',
      step: 'verify',
      action: expect.stringContaining('without the schema’s name'),
    })
    // Its tenants are built as ever.
    const { operationId } = await fleet.provision(named)
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await kindOf(operationId)).toBe('tenant.provision')
  })
})

describe('a tenant from the pool', () => {
  it('has its schema, roles, seed and the template’s fingerprint, and is active', async () => {
    await keep(1)
    await settled(1)
    const { operationId, tenantId } = await fleet.provision(library, 'north-field')
    expect(await fleet.ended(operationId)).toBe('succeeded')
    const fingerprint = await fingerprintOf(library, 2)
    expect(
      await one(
        `select state, schema_name, fingerprint, activated_at from control.tenant where id = '${tenantId}'`,
      ),
    ).toEqual({ state: 'active', schema_name: 't_north_field', fingerprint, activated_at: expect.any(Date) })
    expect(await found('t_north_field')).toBe(fingerprint)
    expect((await fleet.cluster.pool.query('select title from t_north_field.book')).rows).toEqual([
      { title: 'Dune' },
    ])
    expect(
      await fleet.rows(
        `select name, state, result from control.operation_step where operation_id = '${operationId}'`,
      ),
    ).toEqual([
      {
        name: 'claim',
        state: 'done',
        result: { from: expect.stringMatching(/^t_spare_/), to: 't_north_field' },
      },
    ])
    expect(
      await fleet.rows(`select outcome from control.audit where operation_id = '${operationId}' order by at`),
    ).toEqual([{ outcome: 'requested' }, { outcome: 'succeeded' }])
    const { busy, differences } = await findDifferences(fleet.control.db, fleet.clusterId, fleet.cluster.pool)
    expect(busy).not.toContain(tenantId)
    expect(differences).toEqual([])
  })

  it('is parted from everybody else exactly as one that was built', async () => {
    await keep(1)
    await settled(1)
    const claimed = await fleet.provision(library, 'from-pool')
    expect(await fleet.ended(claimed.operationId)).toBe('succeeded')
    await keep(0)
    const built = await fleet.provision(library, 'from-scratch')
    expect(await fleet.ended(built.operationId)).toBe('succeeded')
    expect([await kindOf(claimed.operationId), await kindOf(built.operationId)]).toEqual([
      'tenant.claim',
      'tenant.provision',
    ])
    const rolesOf = async (id: string | null, schema: string) => {
      const { rows } = await fleet.cluster.pool.query(
        `select replace(r.rolname, $1, '$') as name, r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb,
           r.rolbypassrls, r.rolinherit, r.rolconnlimit, r.rolvaliduntil::text,
           replace(array_to_string(r.rolconfig, ';'), $2, '$schema') as config,
           array(select replace(g.rolname, $1, '$') from pg_auth_members m join pg_roles g on g.oid = m.roleid
                 where m.member = r.oid order by 1) as groups,
           has_schema_privilege(r.oid, $2, 'USAGE') as may_use, has_schema_privilege(r.oid, $2, 'CREATE') as may_create
         from pg_roles r where r.rolname like $1 || '%' order by 1`,
        [id, schema],
      )
      return rows
    }
    const ours = await rolesOf(claimed.tenantId, 't_from_pool')
    expect(ours).toHaveLength(3)
    expect(ours.map(({ rolcanlogin }) => rolcanlogin)).toEqual([false, false, false])
    expect(ours).toEqual(await rolesOf(built.tenantId, 't_from_scratch'))
    expect(await found('t_from_pool')).toBe(await found('t_from_scratch'))
  })

  it('is not given a schema that somebody has changed: the sign-up fails, and its retry builds one', async () => {
    await keep(1)
    await settled(1)
    const [schema] = await spareSchemas()
    await fleet.cluster.pool.query(`create table ${schema}.by_hand (id int)`)
    const { operationId, tenantId } = await fleet.provision(library, 'careful')
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({
      code: 'TN020',
      undone: true,
      action: expect.stringContaining('Retry'),
    })
    const left = (await fleet.inventory()).filter(
      ({ name }) => name.startsWith(tenantId ?? '-') || name === schema,
    )
    expect(left).toEqual([])
    const retry = await runVerb(fleet.core, systemActor, retryOperation, {
      operationId,
      idempotencyKey: 'retry careful',
    })
    expect(await fleet.ended(retry.operationId)).toBe('succeeded')
    expect(await kindOf(retry.operationId)).toBe('tenant.provision')
    expect(await found('t_careful')).toBe(await fingerprintOf(library, 2))
  })

  it('is never one of two that got the same schema, and always what its version says, while the template moves on', async () => {
    const busy = await fleet.template(smallTemplate, '', 'busy')
    await keep(4, busy)
    await settled(4, busy)
    const third = { version: 3, name: 'shelf', sql: 'create table shelf (id int primary key);' }
    const [published, ...signUps] = await Promise.all([
      fleet.publish([...smallTemplate, third], '', 'busy'),
      ...Array.from({ length: 12 }, () => fleet.provision(busy)),
    ])
    const states = await Promise.all(
      [published, ...signUps].map(({ operationId }) => fleet.ended(operationId)),
    )
    expect(new Set(states)).toEqual(new Set(['succeeded']))
    expect(new Set(signUps.map(({ tenantId }) => tenantId)).size).toBe(12)
    const tenants = await fleet.rows(
      `select schema_name, template_version, fingerprint from control.tenant where template_id = '${busy}'`,
    )
    expect(tenants).toHaveLength(12)
    for (const tenant of tenants) {
      expect(await found(tenant.schema_name)).toBe(await fingerprintOf(busy, tenant.template_version))
    }
    await settled(4, busy)
  })
})
