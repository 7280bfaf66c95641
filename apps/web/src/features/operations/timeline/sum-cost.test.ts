import { describe, expect, it } from 'vitest'
import type { StepRow } from '../use-operation.ts'
import { sumCost } from './sum-cost.ts'

const step = (ordinal: number, roundTrips: number | null, over: Partial<StepRow> = {}): StepRow => ({
  attempt: 1,
  direction: 'up',
  ordinal,
  name: `step-${ordinal}`,
  state: 'done',
  startedAt: '2027-01-01T00:00:00Z',
  finishedAt: '2027-01-01T00:00:01Z',
  result: null,
  error: null,
  resources:
    roundTrips === null
      ? null
      : { roundTrips, databaseMs: roundTrips * 2, lockWaitMs: 0, bytesSent: 100, bytesReceived: 10 },
  ...over,
})
const plan = [
  { name: 'roles', title: 'Create roles' },
  { name: 'seed', title: 'Load seed data' },
  { name: 'verify', title: 'Verify' },
]

describe('the cost of an operation', () => {
  it('adds up what each step has had in all attempts, and on its way back', () => {
    const { rows, total } = sumCost({
      plan,
      steps: [
        step(1, 3),
        step(2, 5, { state: 'failed' }),
        step(2, 4, { attempt: 2 }),
        step(1, 2, { direction: 'down' }),
      ],
    })
    expect(rows.map(({ cost }) => cost?.roundTrips)).toEqual([5, 9, undefined])
    expect(rows[1]?.cost).toEqual({
      roundTrips: 9,
      databaseMs: 18,
      lockWaitMs: 0,
      bytesSent: 200,
      bytesReceived: 20,
    })
    expect(total?.roundTrips).toBe(14)
  })

  it('is unknown where nothing was counted, and not 0', () => {
    const { rows, total } = sumCost({ plan, steps: [step(1, null, { state: 'running' })] })
    expect(rows[0]?.cost).toBeUndefined()
    expect(total).toBeUndefined()
  })
})
