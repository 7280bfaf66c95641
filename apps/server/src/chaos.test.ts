import { describe, expect, it } from 'vitest'
import { countLosses, describeReport } from './testing/chaos/describe-report.ts'
import { createRandom } from './testing/chaos/random.ts'
import { runChaos } from './testing/chaos/run-chaos.ts'

const seed = 20_261_122

describe('the same seed', () => {
  const draws = (random = createRandom(7)) => Array.from({ length: 5 }, () => random.between(1, 1000))

  it('makes the same choices, and another one others', () => {
    expect(draws()).toEqual(draws())
    expect(draws(createRandom(8))).not.toEqual(draws())
  })

  it('makes the same choices for one part of a run, whatever the others draw', () => {
    const [alone, beside] = [createRandom(7), createRandom(7)]
    draws(beside)
    expect(draws(alone.fork('faults'))).toEqual(draws(beside.fork('faults')))
  })

  it('draws from a table by its weights', () => {
    const table = [
      { name: 'often', weight: 9 },
      { name: 'never', weight: 0 },
      { name: 'seldom', weight: 1 },
    ]
    const random = createRandom(7)
    const drawn = Object.groupBy(
      Array.from({ length: 1000 }, () => random.draw(table).name),
      (name) => name,
    )
    expect(drawn.never).toBeUndefined()
    expect(drawn.often?.length).toBeGreaterThan(850)
    expect(drawn.seldom?.length).toBeGreaterThan(50)
  })
})

describe('workers, lines and sessions that die at random, under contrary requests', () => {
  it('lose nothing, do nothing twice and leave nothing behind', async () => {
    const report = await runChaos({
      seed,
      operations: 40,
      faults: 50,
      rounds: 2,
      workers: 3,
      clients: 4,
      slowFaults: false,
      say: () => {},
    })
    const page = describeReport(report)
    expect(report.broken, page).toEqual([])
    expect(countLosses(report.broken)).toEqual({ lost: 0, doubled: 0, orphaned: 0, otherwise: 0 })
    expect(page).toContain('0 lost, 0 doubled, 0 orphaned')
  }, 480_000)
})
