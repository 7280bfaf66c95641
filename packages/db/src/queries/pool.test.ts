import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../control/new-id.ts'
import { poolPolicy, spare } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { listPools } from './pool.ts'
import { endOperation, type Fleet, seedFleet, seedOperation, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
})
afterAll(() => control.drop())

type Spare = typeof spare.$inferInsert
const spareOf = (over: Partial<Spare> = {}): Spare => ({
  id: newId('tn'),
  origin: 'pool',
  clusterId: fleet.clusterIds[0],
  schemaName: 't_spare',
  templateId: fleet.templateId,
  templateVersion: 1,
  ...over,
})
const add = async (over: Partial<Spare> = {}, states: Spare['state'][] = []) => {
  const row = spareOf(over)
  await control.db.insert(spare).values(row)
  for (const state of states) {
    await control.pool.query(
      `update control.spare set state = $2, fingerprint = 'f', ready_at = case when $2 = 'ready' then now() else ready_at end
       where id = $1`,
      [row.id, state],
    )
  }
  return row.id
}
const keep = (size: number, clusterId: string | null = null) =>
  control.db.insert(poolPolicy).values({ templateId: fleet.templateId, clusterId, size, setBy: fleet.userId })
const first = async () => {
  const row = (await listPools(control.db))[0]?.clusters[0]
  if (!row) throw new Error('no pool')
  return row
}

describe('the question for the warm pool', () => {
  it('names every template with every cluster, also where no pool is kept', async () => {
    expect(await listPools(control.db)).toEqual([
      {
        templateId: fleet.templateId,
        templateSlug: 'university',
        templateName: 'University',
        readyVersion: 1,
        commonSize: null,
        clusters: [0, 1].map((n) => ({
          clusterId: fleet.clusterIds[n],
          clusterName: `eu-${n + 1}`,
          clusterState: 'active',
          reachable: true,
          ownSize: null,
          wanted: 0,
          building: 0,
          ready: 0,
          stale: 0,
          left: 0,
          lastTakenAt: null,
          asked: 0,
          served: 0,
          fault: null,
        })),
      },
    ])
  })

  it('counts what is of the newest version and what is to be dropped', async () => {
    await keep(5)
    await keep(2, fleet.clusterIds[1])
    await add()
    await add({}, ['ready'])
    await add({}, ['ready'])
    await add({}, ['ready', 'left'])
    await add({}, ['ready', 'left', 'dropped'])
    await add({ origin: 'orphan', state: 'left', templateId: null, templateVersion: null })
    const [pool] = await listPools(control.db)
    expect(pool).toMatchObject({ commonSize: 5 })
    expect(pool?.clusters).toMatchObject([
      { wanted: 5, ownSize: null, building: 1, ready: 2, left: 1, stale: 0 },
      { wanted: 2, ownSize: 2, building: 0, ready: 0, left: 0, stale: 0 },
    ])
  })

  it('says how many sign-ups of the last day found one, and when the last was taken', async () => {
    const id = await add({}, ['ready', 'taken'])
    const [tenantId] = await seedTenants(control.db, fleet, ['alder'], { id })
    const asked = { templateId: fleet.templateId, input: { pooled: false } }
    const operations = [
      await seedOperation(control.db, fleet, {
        ...asked,
        kind: 'tenant.claim',
        input: { pooled: true },
        tenantId,
      }),
      await seedOperation(control.db, fleet, asked),
      // Neither one that was to be built in any case, nor the second try of one.
      await seedOperation(control.db, fleet, { ...asked, input: {} }),
    ]
    await seedOperation(control.db, fleet, { ...asked, retryOf: operations[1] })
    await seedOperation(control.db, fleet, { ...asked, createdAt: new Date(Date.now() - 48 * 3600e3) })
    expect(await first()).toMatchObject({ asked: 2, served: 1, lastTakenAt: expect.stringMatching(/Z$/) })
  })

  it('says why builds fail and when the next follows, until one is ready again', async () => {
    const spareId = await add({}, ['left'])
    const build = await seedOperation(control.db, fleet, {
      kind: 'spare.build',
      spareId,
      templateId: fleet.templateId,
    })
    await endOperation(control, build, { state: 'failed', startedAgo: 2, finishedAgo: 1 })
    expect((await first()).fault).toMatchObject({
      operationId: build,
      error: { code: 'x', message: 'y' },
      nextAt: expect.stringMatching(/Z$/),
    })
    await add({}, ['ready'])
    expect((await first()).fault).toBeNull()
  })

  it('leaves out a detached cluster', async () => {
    await control.pool.query(
      `update control.cluster set state = 'detached', admin_url = '', worker_url = '' where id = $1`,
      [fleet.clusterIds[1]],
    )
    expect((await listPools(control.db))[0]?.clusters.map((row) => row.clusterName)).toEqual(['eu-1'])
  })

  it('calls all stale once a newer version is ready', async () => {
    await control.pool.query(
      `insert into control.migration (template_id, version, name, sql, checksum) values ($1, 2, 'b', 'select 1', '')`,
      [fleet.templateId],
    )
    await control.pool.query(
      `insert into control.template_version (template_id, version, state, snapshot, placeholders, fingerprint)
       values ($1, 2, 'ready', '', '{}', 'g')`,
      [fleet.templateId],
    )
    expect(await first()).toMatchObject({ wanted: 5, building: 0, ready: 0, left: 0, stale: 6 })
  })
})

describe('the control database', () => {
  it.each([
    ['a size below none', () => keep(-1), 'pool_size_is_bounded'],
    ['a size above 500', () => keep(501), 'pool_size_is_bounded'],
    ['a second size for the same clusters', () => keep(1), 'pool_policy_is_one_per_template_and_cluster'],
    [
      'a spare of the pool without a template',
      () => add({ templateVersion: null }),
      'spare_of_the_pool_has_a_template',
    ],
    ['a spare that begins ready', () => add({ state: 'ready', fingerprint: 'f' }), 'cannot start as ready'],
    [
      'a taken spare that is ready again',
      () => add({}, ['ready', 'taken', 'ready']),
      'cannot move from taken to ready',
    ],
  ])('refuses %s', async (_, attempt, words) => {
    const error: Error = await attempt().then(
      () => new Error('it was accepted'),
      (e) => e,
    )
    expect(`${error.message} ${(error.cause as Error | undefined)?.message}`).toContain(words)
  })

  it('refuses a spare that is ready and has no fingerprint', async () => {
    const id = await add()
    await expect(
      control.pool.query(`update control.spare set state = 'ready' where id = $1`, [id]),
    ).rejects.toThrow('spare_ready_has_fingerprint')
  })
})
