import type { LiveBatch, LiveEvent } from '@tenantry/contracts'
import fc from 'fast-check'
import { Registry } from 'prom-client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createRealtimeMetrics } from '../metrics/realtime-metrics.ts'
import { createSubscription, mostPending, type Subscription } from './subscription.ts'

let seq = 10
let clock = 0
let registry = new Registry()
let sent: LiveBatch[] = []
let acknowledge: (() => void)[] = []
const resync = vi.fn()
const lost = vi.fn()
let subscription: Subscription

beforeEach(() => {
  seq = 10
  clock = 1_000_000
  sent = []
  acknowledge = []
  resync.mockReset()
  lost.mockReset()
  registry = new Registry()
  subscription = createSubscription({
    topic: 'tenants',
    seq: () => seq,
    clock: () => clock,
    metrics: createRealtimeMetrics(registry),
    outlet: {
      batch: (batch, acknowledged) => {
        sent.push(batch)
        acknowledge.push(acknowledged)
      },
      resync,
      lost,
    },
  })
  subscription.release()
})

const event = (over: Partial<LiveEvent> = {}): LiveEvent => ({
  seq: ++seq,
  topic: 'tenants',
  kind: 'tenant.changed',
  entityId: 'tn_1',
  version: seq,
  patch: {},
  at: '2026-11-22T10:00:00.000Z',
  ...over,
})
const say = (...events: LiveEvent[]) => {
  for (const each of events) subscription.push(each)
  subscription.flush()
}

/** Time passes, and the node looks at its readers. */
const pass = (ms: number) => {
  clock += ms
  subscription.check(clock)
}

describe('a reader that keeps up', () => {
  it('gets batches that each continue from the one before', () => {
    say(event())
    acknowledge[0]?.()
    say(event({ entityId: 'tn_2' }))
    expect(sent.map(({ from, to }) => [from, to])).toEqual([
      [10, 11],
      [11, 12],
    ])
  })

  it('gets the newest state of an entity once, with every field that changed', () => {
    say(
      event({ patch: { state: 'provisioning', notes: 'a' } }),
      event({ entityId: 'tn_2' }),
      event({ patch: { state: 'active' } }),
    )
    expect(sent[0]?.events.map(({ entityId, patch }) => [entityId, patch])).toEqual([
      ['tn_2', {}],
      ['tn_1', { state: 'active', notes: 'a' }],
    ])
  })

  it('gets every line of a log', () => {
    const line = (n: number) => event({ kind: 'operation.log', patch: { lines: [n] } })
    say(line(1), line(2), line(3))
    expect(sent[0]?.events).toHaveLength(3)
  })

  it('gets nothing before the reply to its subscription has left', () => {
    const held = createSubscription({
      topic: 'tenants',
      seq: () => seq,
      metrics: createRealtimeMetrics(new Registry()),
      outlet: { batch: (batch) => sent.push(batch), resync, lost },
    })
    held.push(event())
    held.flush()
    expect(sent).toEqual([])
    held.release()
    expect(sent).toHaveLength(1)
  })
})

describe('a reader that is behind', () => {
  it('has at most two batches on their way; the rest waits, merged, and leaves with the next receipt', () => {
    for (let i = 0; i < 100; i++) say(event({ patch: { i } }))
    expect(sent).toHaveLength(2)
    acknowledge[0]?.()
    expect(sent).toHaveLength(3)
    expect(sent[2]?.events.map(({ patch }) => patch)).toEqual([{ i: 99 }])
    expect(sent[2]?.from).toBe(sent[1]?.to)
  })

  it('is told once to ask again when it has taken nothing for ten seconds', () => {
    say(event())
    say(event())
    say(event())
    pass(9_000)
    expect(resync).not.toHaveBeenCalled()
    pass(1_000)
    say(event())
    pass(1_000)
    expect(resync).toHaveBeenCalledExactlyOnceWith('tenants')
    expect(sent).toHaveLength(2)
  })

  it('is told once to ask again when more has changed than is worth sending', async () => {
    subscription.push(event())
    subscription.flush()
    subscription.push(event())
    subscription.flush()
    for (let i = 0; i < mostPending + 500; i++) subscription.push(event({ entityId: `tn_${i}` }))
    expect(resync).toHaveBeenCalledOnce()
    expect(await registry.metrics()).toContain('tenantry_realtime_resyncs_total{reason="overflow"} 1')
  })

  it('is let go when it has taken nothing for a minute', () => {
    say(event())
    pass(60_000)
    expect(lost).toHaveBeenCalledOnce()
  })

  it('counts a receipt once, however often it comes', () => {
    for (let i = 0; i < 5; i++) say(event({ entityId: `tn_${i}` }))
    acknowledge[0]?.()
    acknowledge[0]?.()
    expect(sent).toHaveLength(3)
  })
})

it('never leaves a gap and never keeps back an entity’s newest state, whatever comes in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.record({ entity: fc.nat(5) }),
          fc.constant('flush' as const),
          fc.constant('receipt' as const),
        ),
      ),
      (moves) => {
        seq = 0
        sent = []
        acknowledge = []
        const one = createSubscription({
          topic: 'tenants',
          seq: () => seq,
          metrics: createRealtimeMetrics(new Registry()),
          outlet: {
            batch: (batch, acknowledged) => {
              sent.push(batch)
              acknowledge.push(acknowledged)
            },
            resync,
            lost,
          },
        })
        one.release()
        const truth = new Map<string, number>()
        for (const move of moves) {
          if (move === 'flush') one.flush()
          else if (move === 'receipt') acknowledge.shift()?.()
          else {
            const next = event({ entityId: `tn_${move.entity}` })
            truth.set(next.entityId, next.version)
            one.push(next)
          }
        }
        while (acknowledge.length) acknowledge.shift()?.()
        one.flush()
        let at = 0
        const seen = new Map<string, number>()
        for (const batch of sent) {
          expect(batch.from).toBe(at)
          at = batch.to
          for (const { entityId, version, seq: its } of batch.events) {
            expect(its).toBeLessThanOrEqual(batch.to)
            expect(version).toBeGreaterThan(seen.get(entityId) ?? 0)
            seen.set(entityId, version)
          }
        }
        expect(seen).toEqual(truth)
      },
    ),
  )
})
