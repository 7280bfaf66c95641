import { describe, expect, it } from 'vitest'
import type { SeenStatements, SeenUsage } from './ask-usage.ts'
import { carryOn, type KnownUsage } from './carry-on.ts'

const source = (generation = 0, statementsGeneration = 0) => ({
  statsReset: null,
  commits: 0,
  generation,
  statementsReset: null,
  statementsGeneration,
})
const seen = (written: number, statements?: SeenStatements): SeenUsage => ({
  tenantId: 'tn_1',
  relations: 3,
  files: '123',
  pages: 1,
  written,
  rows: 10,
  deadRows: 0,
  blocksHit: written * 9,
  blocksRead: written,
  vacuumAge: 0,
  connections: 0,
  oldestTransaction: 0,
  ...(statements ? { statements } : {}),
})
const known = (usage: ReturnType<typeof carryOn>, sameCluster = true): KnownUsage => ({
  ...usage,
  sameCluster,
})
const calls = (count: number) => ({ calls: count, seconds: count / 10, tempBytes: 0, transactions: 0 })

describe('the counters of a tenant', () => {
  it('begin with what its cluster has counted, and rise with it', () => {
    const first = carryOn(undefined, seen(100), source())
    expect(first.rowsWritten).toBe(100)
    expect(carryOn(known(first), seen(140), source()).rowsWritten).toBe(140)
  })

  it('go on over a reset or a crash: what the new counters say has come since', () => {
    const first = carryOn(undefined, seen(100), source(0))
    const after = carryOn(known(first), seen(30), source(1))
    expect(after.rowsWritten).toBe(130)
    // Also where the new counters have overtaken the old ones unseen.
    expect(carryOn(known(first), seen(170), source(1)).rowsWritten).toBe(270)
    expect(carryOn(known(after), seen(50), source(1)).rowsWritten).toBe(150)
  })

  it('never fall, and count nothing twice, when a table is dropped with its counters', () => {
    const first = carryOn(undefined, seen(100), source())
    const dropped = carryOn(known(first), seen(20), source())
    expect(dropped.rowsWritten).toBe(100)
    expect(carryOn(known(dropped), seen(25), source()).rowsWritten).toBe(105)
  })

  it('do not take the rows of a copy for writes after a move', () => {
    const first = carryOn(undefined, seen(100), source())
    const moved = carryOn(known(first, false), seen(5000), source(7))
    expect(moved.rowsWritten).toBe(100)
    expect(carryOn(known(moved), seen(5010), source(7)).rowsWritten).toBe(110)
  })

  it('of statements are unknown where nobody counts them, and kept when that ends', () => {
    const without = carryOn(undefined, seen(1), source())
    expect(without).toMatchObject({
      calls: null,
      statementSeconds: null,
      tempBytes: null,
      transactions: null,
    })
    const counted = carryOn(known(without), seen(1, calls(40)), source())
    expect(counted).toMatchObject({ calls: 40, statementSeconds: 4 })
    const gone = carryOn(known(counted), seen(1), source())
    expect(gone.calls).toBe(40)
    // Back again, nobody knows what was counted meanwhile.
    expect(carryOn(known(gone), seen(1, calls(90)), source()).calls).toBe(40)
  })

  it('of statements survive their own reset, and those that pg_stat_statements forgets', () => {
    const first = carryOn(undefined, seen(1, calls(40)), source())
    expect(carryOn(known(first), seen(1, calls(5)), source(0, 1)).calls).toBe(45)
    expect(carryOn(known(first), seen(1, calls(35)), source(0, 0)).calls).toBe(40)
  })

  it('give the cache hits of what came since, and the last ones while nothing comes', () => {
    const first = carryOn(undefined, seen(100), source())
    expect(first.cacheHitRatio).toBeCloseTo(0.9)
    const colder = carryOn(known(first), { ...seen(100), blocksHit: 900, blocksRead: 400 }, source())
    expect(colder.cacheHitRatio).toBe(0)
    expect(
      carryOn(known(colder), { ...seen(100), blocksHit: 900, blocksRead: 400 }, source()).cacheHitRatio,
    ).toBe(0)
  })
})
