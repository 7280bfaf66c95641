import { describe, expect, it } from 'vitest'
import { resizePools } from './resize-pool.ts'
import type { TemplatePool } from './use-pool.ts'

const row = (clusterId: string, ownSize: number | null, wanted: number) =>
  ({ clusterId, ownSize, wanted, ready: 1 }) as unknown as TemplatePool['clusters'][number]
const pools: TemplatePool[] = [
  {
    templateId: 'tp_a',
    templateSlug: 'a',
    templateName: 'A',
    readyVersion: 3,
    commonSize: 2,
    clusters: [row('cl_1', null, 2), row('cl_2', 5, 5)],
  },
]
const wanted = (size: number | null, clusterId: string | null, from = pools) =>
  resizePools(from, { templateId: 'tp_a', clusterId, size })[0]?.clusters.map((one) => one.wanted)

describe('a pool that is resized', () => {
  it('on every cluster keeps what a cluster has of its own', () => {
    expect(wanted(7, null)).toEqual([7, 5])
    expect(wanted(null, null)).toEqual([0, 5])
  })

  it('on one cluster leaves the others', () => {
    expect(wanted(0, 'cl_1')).toEqual([0, 5])
    expect(wanted(null, 'cl_2')).toEqual([2, 2])
  })

  it('of another template, or without a version that is ready, stays as it is', () => {
    expect(resizePools(pools, { templateId: 'tp_b', clusterId: null, size: 9 })).toEqual(pools)
    expect(wanted(9, null, [{ ...(pools[0] as TemplatePool), readyVersion: null }])).toEqual([0, 0])
  })
})
