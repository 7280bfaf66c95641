import { describe, expect, it } from 'vitest'
import { type AlertCondition, measureCondition } from './index.ts'

const minute = 60_000
/** A value a minute, the last one now. */
const history = (...values: number[]) => ({
  metric: values.map((value, i) => ({ at: i * minute, value })),
  since: 0,
})
const measure = (condition: AlertCondition, of: ReturnType<typeof history>) =>
  measureCondition(condition, of, (of.metric.length - 1) * minute)

describe('a rate', () => {
  const rate = {
    kind: 'rate',
    metric: 'tenant_bytes',
    windowSeconds: 120,
    operator: 'above',
    value: 1,
  } as const

  it('is the change a second over the window', () => {
    expect(measure(rate, history(0, 600, 600, 1800))).toBe(10)
    expect(measure(rate, history(1800, 1800, 600))).toBe(-10)
  })

  it('is not known over less than half the window, nor of a counter that fell', () => {
    expect(measure({ ...rate, windowSeconds: 600 }, history(0, 600, 1200))).toBeUndefined()
    expect(measure({ ...rate, metric: 'tenant_calls' }, history(9, 5, 1))).toBeUndefined()
  })
})

describe('a forecast', () => {
  const full = {
    kind: 'forecast',
    metric: 'tenant_bytes',
    windowSeconds: 600,
    withinSeconds: 60,
    operator: 'above',
    value: 1000,
  } as const

  it('is the time until it happens at the pace of the window', () => {
    expect(measure(full, history(0, 60, 120, 180, 240, 300))).toBeCloseTo(700)
    expect(measure(full, history(1, 2, 3, 4, 1001))).toBe(0)
  })

  it('says nothing from a handful of samples, and never of what goes elsewhere or nowhere', () => {
    expect(measure(full, history(0, 60, 120))).toBeUndefined()
    expect(measure(full, history(300, 240, 180, 120, 60, 0))).toBeNull()
    expect(measure(full, history(100, 900, 100, 900, 100, 900, 100))).toBeNull()
  })

  it('is as exact for large numbers that hardly move', () => {
    const far = 1e15
    const values = Array.from({ length: 10 }, (_, i) => far + i * 60)
    expect(measure({ ...full, value: far + 1140 }, history(...values))).toBeCloseTo(600, 3)
  })
})

it('a sample of the future is not there yet, and an old one is no longer', () => {
  const now = { kind: 'threshold', metric: 'fleet_workers', operator: 'below', value: 1 } as const
  expect(measureCondition(now, history(1, 2, 3), 1.5 * minute)).toBe(2)
  expect(measureCondition(now, history(1), 10 * minute)).toBeUndefined()
})
