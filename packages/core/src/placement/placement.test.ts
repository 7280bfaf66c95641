import { type Labels, type PlacementPolicy, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { previewPlacement, provisionTenant, runVerb, setPlacement } from '../index.ts'
import { prepareQueues } from '../queue/prepare-queues.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { choosePlacement, type PlacementCandidate } from './choose-placement.ts'

const one = (name: string, over: Partial<PlacementCandidate> = {}): PlacementCandidate => ({
  id: `cl_${name}`,
  name,
  state: 'active',
  reachable: true,
  labels: {},
  limits: {},
  capacity: null,
  tenants: 0,
  ...over,
})
const capacity = (over: object = {}) => ({
  tenants: 10,
  relations: 1000,
  connections: 10,
  maxConnections: 100,
  locks: 10,
  maxLocks: 25_600,
  databaseBytes: 0,
  catalogBytes: 0,
  oldestTransaction: 0,
  frozenAge: 0,
  walBytes: null,
  replicationLagSeconds: null,
  replicationLagBytes: null,
  catalogDeadRatio: null,
  diskFreeBytes: null,
  ...over,
})
const leastFull: PlacementPolicy = { strategy: 'least_full' }
const choose = (
  candidates: PlacementCandidate[],
  policy: PlacementPolicy = leastFull,
  labels: Labels = {},
  clusterId?: string,
) => {
  try {
    return choosePlacement({ policy, candidates, labels, clusterId }).reason
  } catch (error) {
    return error instanceof TenantryError ? `${error.code}: ${error.message}` : String(error)
  }
}

describe('placement by fill', () => {
  it('takes the fewest tenants where nothing is limited, and the first name among equals', () => {
    expect(choose([one('b', { tenants: 2 }), one('a', { tenants: 3 })])).toBe(
      'Least full of 2 clusters: b, 2 tenants.',
    )
    expect(choose([one('b'), one('a')])).toContain('a, 0 tenants')
  })

  it('takes the smallest ratio of the fullest dimension where every cluster has a limit', () => {
    const small = one('small', { tenants: 8, limits: { tenants: 10 } })
    const large = one('large', {
      tenants: 50,
      limits: { tenants: 100, relations: 2000 },
      capacity: capacity({ tenants: 50 }),
    })
    expect(choose([small, large])).toBe('Least full of 2 clusters: large, 50 % of its tenants.')
    expect(choose([small, { ...large, capacity: capacity({ tenants: 50, relations: 1800 }) }])).toContain(
      'small',
    )
    expect(choose([small, one('free', { tenants: 9 })])).toContain('small, 8 tenants')
  })

  it('counts what came since the last look in proportion', () => {
    const look = capacity({ tenants: 10, relations: 1000 })
    const burst = one('burst', { tenants: 20, limits: { relations: 2000 }, capacity: look })
    expect(choose([burst])).toContain('no_cluster')
    expect(choose([{ ...burst, tenants: 10 }])).toContain('burst, 50 % of its relations')
  })

  it('puts a server last whose connections are nearly used up', () => {
    const busy = one('busy', { capacity: capacity({ connections: 95 }) })
    expect(choose([busy, one('calm', { tenants: 40 })])).toContain('calm')
    expect(choose([busy])).toContain('busy')
  })

  it.each([
    ['cordoned', { state: 'cordoned' }, 'is cordoned and takes no new tenants'],
    ['silent', { reachable: false }, 'does not answer'],
    ['full', { tenants: 10, limits: { tenants: 10 } }, 'is full by its tenants: 10 of 10'],
  ] as const)('gives none to a %s cluster, also by hand', (_, over, why) => {
    const closed = one('closed', over)
    expect(choose([closed])).toMatch(/^no_cluster: No cluster takes new tenants/)
    expect(choose([closed, one('open')], leastFull, {}, 'cl_closed')).toBe(
      `no_cluster: Cluster closed ${why}.`,
    )
  })
})

describe('placement by policy', () => {
  const eu = one('eu', { labels: { region: 'eu' } })
  const us = one('us', { labels: { region: 'us' } })
  const byRegion = (otherwise: 'least_full' | 'refuse'): PlacementPolicy => ({
    strategy: 'by_label',
    rules: [
      { tenant: { home: 'us' }, cluster: { region: 'us' } },
      { tenant: { plan: 'gold' }, cluster: { region: 'eu' } },
    ],
    otherwise,
  })

  it('pins to one cluster, and goes nowhere else when that is closed', () => {
    const policy: PlacementPolicy = { strategy: 'pinned', clusterId: us.id }
    expect(choose([eu, us], policy)).toBe('Pinned by the placement policy: us, 0 tenants.')
    expect(choose([eu, { ...us, reachable: false }], policy)).toContain(
      'no_cluster: Placement is pinned to us',
    )
  })

  it('follows the first rule that matches, and says which', () => {
    const labels = { plan: 'gold', home: 'us' }
    expect(choose([eu, us], byRegion('refuse'), labels)).toBe(
      'Rule 1, home=us to region=us: the only cluster that takes tenants: us, 0 tenants.',
    )
  })

  it('goes nowhere else when the clusters of the rule are closed', () => {
    const closed: PlacementCandidate = { ...us, state: 'cordoned' }
    expect(choose([eu, closed], byRegion('least_full'), { home: 'us' })).toContain('no_cluster: Rule 1')
  })

  it('falls back or refuses where no rule matches, as the policy says', () => {
    expect(choose([eu, us], byRegion('least_full'))).toContain('No rule matches; least full of 2 clusters')
    expect(choose([eu, us], byRegion('refuse'), { a: 'b' })).toBe(
      'no_cluster: No placement rule matches a=b.',
    )
  })

  it('gives way to a choice by hand', () => {
    expect(choose([eu, us], byRegion('refuse'), { home: 'us' }, eu.id)).toContain('Chosen by hand: eu')
  })
})

describe('in the registry', () => {
  let test: TestCore
  const second = newId('cl')
  beforeAll(async () => {
    test = await createTestCore()
    await test.control.db.insert(cluster).values({ id: second, name: 'eu-2', adminUrl: '', workerUrl: '' })
    await prepareQueues(test.control.url, [second])
  })
  afterAll(() => test.close())
  const provision = (n: number, labels: Labels = {}) =>
    runVerb(test.core, test.ana, provisionTenant, {
      idempotencyKey: `place-${n}-${JSON.stringify(labels)}`,
      slug: `college-${n}`,
      displayName: `College ${n}`,
      templateId: test.ids.template,
      labels,
      notes: '',
      fromPool: true,
    })
  const spread = async () =>
    (
      await test.control.pool.query(
        `select c.name, count(*)::int from control.tenant t join control.cluster c on c.id = t.cluster_id group by 1 order by 1`,
      )
    ).rows

  it('sign-ups at the same moment do not all land on one cluster', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => provision(n)))
    expect(await spread()).toEqual([
      { name: 'eu-1', count: 4 },
      { name: 'eu-2', count: 4 },
    ])
  })

  it('a limit is not passed by sign-ups at the same moment', async () => {
    await test.control.pool.query(`update control.cluster set limits = '{"tenants": 6}'`)
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => provision(100 + n)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
    expect(await spread()).toEqual([
      { name: 'eu-1', count: 6 },
      { name: 'eu-2', count: 6 },
    ])
    await test.control.pool.query(`update control.cluster set limits = '{}'`)
  })

  it('the policy binds from the moment that it is set, and its reason stays with the tenant', async () => {
    await test.control.pool.query(`update control.cluster set labels = '{"zone": "b"}' where id = $1`, [
      second,
    ])
    const policy: PlacementPolicy = {
      strategy: 'by_label',
      rules: [{ tenant: { plan: 'gold' }, cluster: { zone: 'b' } }],
      otherwise: 'least_full',
    }
    const preview = await previewPlacement(test.core.db, { policy, labels: { plan: 'gold' } })
    expect(preview.placement?.name).toBe('eu-2')
    const { setAt } = await runVerb(test.core, test.ana, setPlacement, { policy, ifSetAt: null })
    expect((await previewPlacement(test.core.db, { labels: { plan: 'gold' } })).placement?.name).toBe('eu-2')
    const { tenantId } = await provision(200, { plan: 'gold' })
    const { rows } = await test.control.pool.query(
      `select placement_reason from control.tenant where id = $1`,
      [tenantId],
    )
    expect(rows[0].placement_reason).toContain('Rule 1, plan=gold to zone=b')
    await expect(runVerb(test.core, test.ana, setPlacement, { policy, ifSetAt: null })).rejects.toMatchObject(
      {
        code: 'version_conflict',
      },
    )
    expect(
      await runVerb(test.core, test.ana, setPlacement, { policy: leastFull, ifSetAt: setAt }),
    ).toMatchObject({ policy: leastFull, setBy: 'Ana' })
  })
})
