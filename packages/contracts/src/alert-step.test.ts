import { describe, expect, it } from 'vitest'
import { type AlertMemory, dampedKeep, describeIncident, describeValue, judge, stepAlert } from './index.ts'

const limit = { operator: 'above', value: 10, clear: 5, unit: 'count' } as const
const rule = { forSeconds: 10, keepFiringSeconds: 20 }

describe('a measured value', () => {
  it.each([
    [11, 'holds'],
    [10, 'between'],
    [5, 'clear'],
    [null, 'clear'],
    [undefined, 'unknown'],
  ] as const)('of %s, with 10 to fire and 5 to clear, is %s', (measured, verdict) => {
    expect(judge(limit, measured)).toBe(verdict)
  })

  it('below a threshold is judged the other way round', () => {
    const below = { ...limit, operator: 'below', value: 5, clear: 10 } as const
    expect([4, 5, 10].map((value) => judge(below, value))).toEqual(['holds', 'between', 'clear'])
  })
})

describe('an alert, look by look', () => {
  const firing: AlertMemory = { state: 'firing', pendingAt: 0, clearAt: null }

  it('begins pending and fires when it has held for its time', () => {
    const pending = stepAlert(rule, null, 'holds', 1000)
    expect(pending).toEqual({ state: 'pending', pendingAt: 1000, clearAt: null })
    expect(stepAlert(rule, pending, 'holds', 10_999)?.state).toBe('pending')
    expect(stepAlert(rule, pending, 'holds', 11_000)?.state).toBe('firing')
    expect(stepAlert(rule, pending, 'between', 11_000)).toBeNull()
  })

  it('is over when it has been clear for its time without a break', () => {
    const clearing = stepAlert(rule, firing, 'clear', 1000)
    expect(clearing?.clearAt).toBe(1000)
    expect(stepAlert(rule, clearing, 'between', 5000)?.clearAt).toBeNull()
    expect(stepAlert(rule, clearing, 'clear', 20_999)?.clearAt).toBe(1000)
    expect(stepAlert(rule, clearing, 'clear', 21_000)).toBeNull()
  })

  it('is left as it is by a look that measures nothing', () => {
    expect(stepAlert(rule, firing, 'unknown', 1e12)).toBe(firing)
    expect(stepAlert(rule, null, 'unknown', 1e12)).toBeNull()
  })

  it('counts from now when the clock was set back, and so neither hangs nor ends at once', () => {
    const ahead: AlertMemory = { state: 'pending', pendingAt: 3_600_000, clearAt: null }
    expect(stepAlert(rule, ahead, 'holds', 1000)?.pendingAt).toBe(1000)
    expect(stepAlert(rule, { ...firing, clearAt: 3_600_000 }, 'clear', 1000)?.clearAt).toBe(1000)
  })

  it('that flaps 10,000 times fires once', () => {
    let memory: AlertMemory | null = null
    let begun = 0
    for (let i = 0; i < 20_000; i++) {
      const next = stepAlert({ ...rule, forSeconds: 0 }, memory, i % 2 ? 'clear' : 'holds', i * 1000)
      if (next?.state === 'firing' && memory === null) begun++
      memory = next
    }
    expect(begun).toBe(1)
  })

  it('whose incident has fired again is kept longer each time, up to ten minutes', () => {
    expect([0, 1, 2, 5, 6, 1000].map((refired) => dampedKeep(0, refired))).toEqual([0, 30, 60, 480, 600, 600])
    expect(dampedKeep(900, 3)).toBe(900)
  })
})

describe('the words of an incident', () => {
  it.each([
    [1_234_567_890, 'bytes', '1.2 GB'],
    [0.953, 'ratio', '95 %'],
    [190_800, 'seconds', '2 d 5 h'],
    [8000, 'count', '8,000'],
    [0.2, 'seconds', '0.2 s'],
  ] as const)('say %s %s as %s', (value, unit, words) => {
    expect(describeValue(value, unit)).toBe(words)
  })

  it('name the one there is, or how many there are and the worst', () => {
    const figures = {
      rule: 'A quota is nearly used up',
      scope: 'tenant',
      unit: 'ratio',
      worst: { name: 'unibo', value: 0.99 },
    } as const
    expect(describeIncident({ ...figures, firing: 1, clusters: 1 })).toBe(
      'A quota is nearly used up: unibo at 99 %',
    )
    expect(describeIncident({ ...figures, firing: 8000, clusters: 3 })).toBe(
      'A quota is nearly used up: 8,000 tenants on 3 clusters, worst unibo at 99 %',
    )
    const fleet = {
      rule: 'No worker is alive',
      scope: 'fleet',
      unit: 'count',
      firing: 1,
      clusters: 1,
    } as const
    expect(describeIncident({ ...fleet, worst: { name: 'fleet', value: 0 } })).toBe(
      'No worker is alive: now at 0',
    )
  })
})
