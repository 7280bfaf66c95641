import {
  archiveTenant,
  detachCluster,
  drainCluster,
  runVerb,
  systemActor,
  uncordonCluster,
} from '@tenantry/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

describe('draining a cluster', () => {
  let fleet: Fleet
  let template: string
  /** Called at the worker's failpoints, as the test at hand wants. */
  let atPoint: ((name: string) => void | Promise<void>) | undefined
  beforeAll(async () => {
    fleet = await startFleet({ secondCluster: true })
    await fleet.work((name) => atPoint?.(name))
    template = await fleet.template()
  }, 120_000)
  afterEach(() => {
    atPoint = undefined
  })
  afterAll(() => fleet.close())

  let count = 0
  const one = async (query: string) => (await fleet.rows(query))[0]
  const clusterOf = (id: string) => one(`select * from control.cluster where id = '${id}'`)
  const bulkOf = (id: string) =>
    one(`select state, pause_reason, (select count(*)::int from control.operation o
      where o.bulk_id = b.id and o.state = 'succeeded') as succeeded from control.bulk b where id = '${id}'`)
  const drain = (clusterId: string, expectCount: number) =>
    runVerb(fleet.core, systemActor, drainCluster, {
      idempotencyKey: `drain-${++count}`,
      clusterId,
      reason: 'to be switched off',
      expectCount,
    })
  const ended = (bulkId: string, timeout = 60_000) =>
    expect.poll(async () => (await bulkOf(bulkId)).state, { timeout }).toBe('finished')
  /** The tenants' schemas that are on a cluster, by their slug's name. */
  const schemasOn = async ({ pool }: { pool: Fleet['cluster']['pool'] }) =>
    (
      await pool.query<{ nspname: string }>(
        `select nspname from pg_namespace where nspname like 't\\_leaf%' order by 1`,
      )
    ).rows.map(({ nspname }) => nspname)
  const leaves = ['t_leaf_1', 't_leaf_2', 't_leaf_3', 't_leaf_4']

  it('cordons it and moves every tenant to where placement puts it; what cannot be moved stays', async () => {
    for (const slug of ['leaf-1', 'leaf-2', 'leaf-3', 'leaf-4', 'stays']) {
      const { operationId } = await fleet.provision(template, slug, { clusterId: fleet.clusterId })
      expect(await fleet.ended(operationId)).toBe('succeeded')
    }
    const { id: tenantId } = await one(`select id from control.tenant where slug = 'stays'`)
    const archived = await runVerb(fleet.core, systemActor, archiveTenant, {
      idempotencyKey: 'archive it',
      tenantId,
      confirmSlug: 'stays',
      reason: 'left us',
      keepDays: 1,
    })
    expect(await fleet.ended(archived.operationId)).toBe('succeeded')

    await expect(drain(fleet.clusterId, 5)).rejects.toMatchObject({ code: 'version_conflict' })
    expect((await clusterOf(fleet.clusterId)).state).toBe('active')
    const { bulkId, total } = await drain(fleet.clusterId, 4)
    expect(total).toBe(4)
    expect(await clusterOf(fleet.clusterId)).toMatchObject({
      state: 'cordoned',
      state_reason: 'to be switched off',
    })
    await ended(bulkId)
    expect((await bulkOf(bulkId)).succeeded).toBe(4)
    expect(await schemasOn(fleet.second)).toEqual(leaves)
    const { row_version } = await clusterOf(fleet.clusterId)
    await expect(
      runVerb(fleet.core, systemActor, detachCluster, {
        clusterId: fleet.clusterId,
        ifVersion: Number(row_version),
        reason: 'empty',
        confirmName: 'eu-1',
      }),
    ).rejects.toMatchObject({ code: 'cluster_in_use' })
    expect(
      await one(
        `select action, outcome from control.audit where action = 'cluster.drain' and outcome = 'succeeded'`,
      ),
    ).toBeTruthy()
  }, 90_000)

  it('is refused when no other cluster takes tenants', async () => {
    await expect(drain(fleet.second.id, 4)).rejects.toMatchObject({ code: 'no_cluster' })
    expect((await clusterOf(fleet.second.id)).state).toBe('active')
  })

  it('waits for a cluster that vanishes half-way, and loses nothing', async () => {
    await runVerb(fleet.core, systemActor, uncordonCluster, { clusterId: fleet.clusterId })
    // What the first moves left there must be dropped before any of them can come back.
    await expect
      .poll(() => fleet.rows(`select from control.spare where state <> 'dropped'`), { timeout: 30_000 })
      .toHaveLength(0)
    let copied = 0
    atPoint = (name) => {
      // Two have begun; from here on the cluster that is drained is gone.
      if (/^step\..*\.before$/.test(name) && ++copied === 6) fleet.second.cable.cut()
    }
    const { bulkId } = await drain(fleet.second.id, 4)
    await expect
      .poll(
        () =>
          one(`select count(*)::int as waiting from control.operation
               where bulk_id = '${bulkId}' and state in ('waiting', 'undoing')`),
        { timeout: 30_000 },
      )
      .toMatchObject({ waiting: expect.toSatisfy((n: number) => n > 0) })
    expect((await bulkOf(bulkId)).state).toBe('running')
    fleet.second.cable.mend()
    await ended(bulkId, 90_000)
    const leavesNow = () =>
      fleet.rows(
        `select t.state, c.name from control.tenant t join control.cluster c on c.id = t.cluster_id
         where t.slug like 'leaf-%'`,
      )
    // Each is opened again by the resume that its move has asked for.
    await expect
      .poll(leavesNow, { timeout: 30_000 })
      .toEqual(Array(4).fill({ state: 'active', name: 'eu-1' }))
    expect((await bulkOf(bulkId)).succeeded).toBe(4)
    expect(await schemasOn(fleet.cluster)).toEqual(leaves)
    await expect.poll(() => schemasOn(fleet.second), { timeout: 30_000 }).toEqual([])
  }, 180_000)
})
