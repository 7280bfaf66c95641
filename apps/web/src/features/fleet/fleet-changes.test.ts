import { expect, test } from 'vitest'
import { applyCellChanges, type CellChange, type Fleet } from './fleet-changes.ts'

const fleet: Fleet = {
  seq: 100,
  tenants: 3,
  counts: { active: 2, provisioning: 1 },
  clusters: [
    {
      id: 'cl_1',
      name: 'eu-1',
      state: 'active',
      reachable: true,
      counts: { active: 2, provisioning: 1 },
      cells: [
        ['tn_a', 'ash', 'active'],
        ['tn_c', 'cedar', 'provisioning'],
        ['tn_e', 'elm', 'active'],
      ],
    },
  ],
  cut: false,
  queue: { queued: 0, running: 1, waiting: 0, undoing: 0, oldestQueued: 0 },
}

const change = (over: Partial<CellChange>): CellChange => ({
  seq: 101,
  slug: 'cedar',
  state: 'active',
  clusterId: 'cl_1',
  ...over,
})
const apply = (changes: Record<string, CellChange>) =>
  applyCellChanges(fleet, new Map(Object.entries(changes)))

test('a tenant changes its cell and the counts, and stays in its place', () => {
  const after = apply({ tn_c: change({}) })
  expect(after.clusters[0]?.cells[1]).toEqual(['tn_c', 'cedar', 'active'])
  expect(after.counts).toEqual({ active: 3, provisioning: 0 })
  expect(after.tenants).toBe(3)
})

test('a new tenant finds its place by slug', () => {
  const after = apply({ tn_b: change({ slug: 'birch', state: 'provisioning' }) })
  expect(after.clusters[0]?.cells.map(([, slug]) => slug)).toEqual(['ash', 'birch', 'cedar', 'elm'])
  expect(after.tenants).toBe(4)
})

test.each(['discarded', 'purged'] as const)('a %s tenant leaves the picture', (state) => {
  const after = apply({ tn_c: change({ state }) })
  expect(after.clusters[0]?.cells).toHaveLength(2)
  expect(after.counts).toEqual({ active: 2, provisioning: 0 })
})

test('a suspended tenant stays in its place', () => {
  const after = apply({ tn_e: change({ slug: 'elm', state: 'suspended' }) })
  expect(after.clusters[0]?.cells[2]).toEqual(['tn_e', 'elm', 'suspended'])
  expect(after.counts).toEqual({ active: 1, provisioning: 1, suspended: 1 })
})

test('a renamed tenant moves to the place of its new slug', () => {
  const after = apply({ tn_a: change({ slug: 'fir', state: 'active' }) })
  expect(after.clusters[0]?.cells.map(([id, slug]) => [id, slug])).toEqual([
    ['tn_c', 'cedar'],
    ['tn_e', 'elm'],
    ['tn_a', 'fir'],
  ])
  expect(after.counts).toEqual({ active: 2, provisioning: 1 })
})

test('what the snapshot already holds changes nothing', () => {
  expect(apply({ tn_c: change({ seq: 100 }) })).toBe(fleet)
})
