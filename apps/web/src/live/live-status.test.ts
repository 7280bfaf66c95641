import { expect, test } from 'vitest'
import { liveStatusOf, type Pulse } from './live-status.ts'

const at = 1_000_000
const pulse = (over: Partial<Pulse>): Pulse => ({
  beatAt: at,
  startedAt: at - 60_000,
  connected: true,
  attempt: 0,
  paused: false,
  waiting: 0,
  ...over,
})

test('is live while heartbeats come', () => {
  expect(liveStatusOf(pulse({}), at + 1_900)).toEqual({ kind: 'live' })
})

test('is delayed when two heartbeats are missing, though the socket is open', () => {
  expect(liveStatusOf(pulse({}), at + 4_200)).toEqual({ kind: 'delayed', seconds: 4 })
})

test('is reconnecting with its try when the socket is closed', () => {
  expect(liveStatusOf(pulse({ connected: false, attempt: 3 }), at + 6_000)).toEqual({
    kind: 'reconnecting',
    attempt: 3,
  })
})

test('is stale after 15 s without a heartbeat, open, closed or paused', () => {
  for (const over of [{}, { connected: false }, { paused: true }]) {
    expect(liveStatusOf(pulse(over), at + 15_000)).toEqual({ kind: 'stale', since: at, seconds: 15 })
  }
})

test('is stale when no heartbeat ever came', () => {
  const never = pulse({ beatAt: undefined, startedAt: at, connected: false })
  expect(liveStatusOf(never, at + 20_000)).toEqual({ kind: 'stale', since: undefined, seconds: 20 })
})

test('is paused by the person, with what waits', () => {
  expect(liveStatusOf(pulse({ paused: true, waiting: 38 }), at + 1_000)).toEqual({
    kind: 'paused',
    waiting: 38,
  })
})
