import { describe, expect, it } from 'vitest'
import { hitRatio, poolLook } from './pool-words.ts'
import type { PoolRow } from './use-pool.ts'

const full: PoolRow = {
  clusterId: 'cl_1',
  clusterName: 'eu-1',
  clusterState: 'active',
  reachable: true,
  ownSize: null,
  wanted: 4,
  building: 0,
  ready: 4,
  stale: 0,
  left: 0,
  lastTakenAt: null,
  asked: 0,
  served: 0,
  fault: null,
}
const fault = {
  operationId: 'op_1',
  nextAt: '',
  error: { code: '', message: '', class: 'permanent', attempt: 1 },
} as const

describe('a pool', () => {
  it.each([
    [{}, 'Full'],
    [{ ready: 3 }, 'Being filled'],
    [{ ready: 0 }, 'Empty, being filled'],
    [{ ready: 1, stale: 3 }, 'Being rebuilt'],
    [{ ready: 4, stale: 3 }, 'Full'],
    [{ ready: 1, fault }, 'Builds fail'],
    [{ ready: 1, clusterState: 'cordoned' }, 'Not filled: cordoned'],
    [{ reachable: false }, 'Cluster unreachable'],
    [{ wanted: 0, ready: 0 }, 'No pool'],
    [{ wanted: 0, ready: 0, left: 2 }, 'Being emptied'],
  ] as const)('with %j is called “%s”', (over, word) => {
    expect(poolLook({ ...full, ...over }).word).toBe(word)
  })

  it('says how many sign-ups found one, and nothing where none asked', () => {
    expect(hitRatio({ asked: 3, served: 2 })).toBe('66 %')
    expect(hitRatio({ asked: 1000, served: 999 })).toBe('99 %')
    expect(hitRatio({ asked: 0, served: 0 })).toBeUndefined()
  })
})
