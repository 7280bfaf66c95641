import type { LiveBatch, LiveEvent, SubscribeReply, SubscribeRequest } from '@tenantry/contracts'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFeed, type LiveSocket } from './feed.ts'

type Reply = (answer: SubscribeReply) => void

/** A socket whose other end is the test. */
function createFakeSocket() {
  const handlers = new Map<string, (...args: never[]) => void>()
  const asked: { request: SubscribeRequest; reply: Reply }[] = []
  const left: string[] = []
  const socket = {
    connected: false,
    on: (name: string, handler: (...args: never[]) => void) => handlers.set(name, handler),
    emit: (name: string, request: SubscribeRequest, reply: Reply) => {
      if (name === 'subscribe') asked.push({ request, reply })
      else left.push(request.topic)
    },
    connect: vi.fn(),
    disconnect: vi.fn(),
  }
  const hear = (name: string, ...args: unknown[]) => handlers.get(name)?.(...(args as never[]))
  return {
    socket: socket as unknown as LiveSocket,
    asked,
    left,
    hear,
    connect: () => {
      socket.connected = true
      hear('connect')
    },
    disconnect: () => {
      socket.connected = false
      hear('disconnect')
    },
    batch: (from: number, events: LiveEvent[], to = events.at(-1)?.seq ?? from) => {
      const batch: LiveBatch = { v: 1, topic: 'tenants', from, to, events }
      const received = vi.fn()
      hear('batch', batch, received)
      return received
    },
    beat: (at: number, build = 'a') =>
      hear('heartbeat', { now: new Date(at).toISOString(), seq: 0, node: 'n1', build }),
  }
}

const event = (seq: number, version: number, patch: Record<string, unknown>): LiveEvent => ({
  seq,
  topic: 'tenants',
  kind: 'tenant.changed',
  entityId: 'tn_1',
  version,
  patch,
  at: '2026-11-22T10:00:00Z',
})

let clock = 1_000_000
let line = createFakeSocket()
let feed = createFeed(line.socket, () => clock)
const onEvent = vi.fn<(event: LiveEvent) => void>()
const onSnapshot = vi.fn<() => void>()

beforeEach(() => {
  clock = 1_000_000
  line = createFakeSocket()
  feed = createFeed(line.socket, () => clock)
  onEvent.mockReset()
  onSnapshot.mockReset()
})

function subscribed(seq = 10): void {
  line.connect()
  feed.join('tenants', { onEvent, onSnapshot })
  line.asked[0]?.reply({ mode: 'snapshot', seq })
}

test('asks for a topic without a seq on the first visit, and takes a snapshot', () => {
  subscribed()
  expect(line.asked.map(({ request }) => request)).toEqual([{ topic: 'tenants' }])
  expect(onSnapshot).toHaveBeenCalledTimes(1)
})

test('applies a batch that continues from the last seq, and acknowledges it', () => {
  subscribed()
  const received = line.batch(10, [event(11, 2, { state: 'active' })])
  expect(received).toHaveBeenCalledTimes(1)
  expect(feed.entities.get('tn_1')).toEqual({ version: 2, patch: { state: 'active' } })
  expect(onEvent).toHaveBeenCalledTimes(1)
})

test('applies the same event once, however often it comes', () => {
  subscribed()
  line.batch(10, [event(11, 2, { state: 'active' })])
  line.batch(10, [event(11, 2, { state: 'active' })])
  expect(onEvent).toHaveBeenCalledTimes(1)
})

test('keeps the newer of two versions of an entity', () => {
  subscribed()
  line.batch(10, [event(11, 5, { state: 'active' }), event(12, 4, { state: 'provisioning' })])
  expect(feed.entities.get('tn_1')?.patch).toEqual({ state: 'active' })
})

test('asks from the last seq when a batch leaves a gap, and loses nothing', () => {
  subscribed()
  line.batch(14, [event(15, 6, { state: 'failed' })])
  expect(line.asked[1]?.request).toEqual({ topic: 'tenants', since: 10 })
  line.asked[1]?.reply({
    mode: 'delta',
    seq: 15,
    events: [event(12, 3, { state: 'active' }), event(15, 6, { state: 'failed' })],
  })
  expect(onEvent.mock.calls.map(([heard]) => heard.seq)).toEqual([12, 15])
})

test('holds what arrives while it asks, and drops what the answer covers', () => {
  subscribed()
  line.hear('resync', 'tenants')
  line.batch(10, [event(11, 2, { state: 'active' })])
  line.batch(11, [event(12, 3, { notes: 'n' })])
  line.asked[1]?.reply({ mode: 'delta', seq: 11, events: [event(11, 2, { state: 'active' })] })
  expect(onEvent.mock.calls.map(([heard]) => heard.seq)).toEqual([11, 12])
})

test('asks every topic for what it missed after a reconnection', () => {
  subscribed()
  line.batch(10, [event(11, 2, {})])
  line.disconnect()
  line.connect()
  expect(line.asked.at(-1)?.request).toEqual({ topic: 'tenants', since: 11 })
})

test('asks again when the answer to a question was lost with the connection', () => {
  line.connect()
  feed.join('tenants', { onSnapshot })
  line.disconnect()
  line.connect()
  expect(line.asked).toHaveLength(2)
})

test('leaves a topic with its last joiner', () => {
  subscribed()
  const leave = feed.join('tenants', {})
  leave()
  expect(line.left).toEqual([])
})

test('holds events while paused, counts them, and applies them on resume', () => {
  subscribed()
  line.beat(clock)
  feed.pause()
  line.batch(10, [event(11, 2, { state: 'active' })])
  expect(feed.facts().status).toEqual({ kind: 'paused', waiting: 1 })
  expect(onEvent).not.toHaveBeenCalled()
  feed.resume()
  expect(onEvent).toHaveBeenCalledTimes(1)
  expect(feed.facts().status.kind).toBe('live')
})

test('ages from live to delayed to stale as heartbeats fail to come', () => {
  line.connect()
  line.beat(clock)
  expect(feed.facts().status.kind).toBe('live')
  clock += 4_000
  feed.tick()
  expect(feed.facts().status.kind).toBe('delayed')
  clock += 12_000
  feed.tick()
  expect(feed.facts().status.kind).toBe('stale')
})

test('notices that a newer build serves', () => {
  line.connect()
  line.beat(clock, 'a')
  expect(feed.facts().newBuild).toBe(false)
  line.beat(clock, 'b')
  expect(feed.facts().newBuild).toBe(true)
})

test('ignores a batch of another protocol version', () => {
  subscribed()
  line.hear('batch', { v: 2, topic: 'tenants', from: 10, to: 11, events: [event(11, 2, {})] }, vi.fn())
  expect(onEvent).not.toHaveBeenCalled()
})
