import type { OperationError, WaitingKind } from '@tenantry/contracts'
import {
  beginUndo,
  cancelOperation,
  holdOperation,
  postponeOperation,
  postponeUndo,
  prioritiseOperation,
  recordHeartbeat,
  runVerb,
} from '@tenantry/core'
import { askCore, createTestCore, failure, nothing, type TestCore } from '@tenantry/core/testing'
import { newId } from '@tenantry/db'
import { countLanes, getOperation, listOperations, placesInQueue, whyWaiting } from '@tenantry/db/queries'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())
/** Each begins with one worker that lives, a cluster that answers, and nothing in the queue. */
beforeEach(async () => {
  await ask.rows(`update control.operation set state = 'undoing' where state = 'running';
    update control.operation set state = 'cancelled', finished_at = now(), due_at = now(), lease_until = null,
      worker_id = null, cancel_requested_at = null, cancel_requested_by = null, cancel_force_at = null
      where finished_at is null;
    update control.cluster set reachable = true, fault = null, max_concurrency = 4;
    delete from control.worker`)
  await recordHeartbeat(test.core, { id: 'w1', name: 'one:1', inHand: 0 })
})

const reasons = async (id: string) => (await whyWaiting(test.core.db, id)) ?? []
const kinds = async (id: string): Promise<WaitingKind[]> => (await reasons(id)).map(({ kind }) => kind)
const passing: OperationError = { ...failure, code: '55P03', message: 'lock timeout', class: 'retry' }

describe('why an operation waits', () => {
  it('is nothing when a worker is at work on it, when it has ended, and when there is none', async () => {
    const { operationId } = await ask.provision()
    expect(await kinds(operationId)).toEqual(['soon'])
    await ask.claim(operationId)
    expect(await reasons(operationId)).toEqual([])
    expect(await whyWaiting(test.core.db, newId('op'))).toBeUndefined()
  })

  it('is how many go before it, and which is the first', async () => {
    const first = await ask.provision()
    const second = await ask.provision()
    const third = await ask.provision()
    expect(await reasons(third.operationId)).toEqual([
      {
        kind: 'behind',
        count: 2,
        lane: 'interactive',
        next: {
          id: first.operationId,
          kind: 'tenant.provision',
          tenantSlug: expect.stringContaining('college-'),
          templateSlug: 'university',
        },
      },
    ])
    await runVerb(test.core, test.ana, prioritiseOperation, { operationId: third.operationId })
    expect(await kinds(third.operationId)).toEqual(['soon'])
    expect((await reasons(first.operationId))[0]).toMatchObject({ kind: 'behind', count: 1, lane: 'urgent' })
    const places = await placesInQueue(test.core.db, [second.operationId, third.operationId])
    expect(places).toEqual({ [second.operationId]: 2, [third.operationId]: 0 })
    expect(await getOperation(test.core.db, second.operationId)).toMatchObject({ queuedBefore: 2 })
  })

  it('is that every hand of its cluster is busy, and with what', async () => {
    await ask.rows('update control.cluster set max_concurrency = 1')
    const busy = await ask.provision()
    const waits = await ask.provision()
    await ask.claim(busy.operationId)
    expect(await reasons(waits.operationId)).toEqual([
      {
        kind: 'hands',
        cluster: 'eu-1',
        busy: 1,
        hands: 1,
        operations: [expect.objectContaining({ id: busy.operationId })],
      },
    ])
    await recordHeartbeat(test.core, { id: 'w2', name: 'two:2', inHand: 0 })
    expect(await kinds(waits.operationId)).toEqual(['soon'])
  })

  it('is that no worker lives', async () => {
    const { operationId } = await ask.provision()
    await ask.rows(`update control.worker set seen_at = now() - interval '1 hour'`)
    expect(await reasons(operationId)).toEqual([{ kind: 'no-worker', lastSeenAt: expect.any(String) }])
    await ask.rows('delete from control.worker')
    expect(await reasons(operationId)).toEqual([{ kind: 'no-worker', lastSeenAt: null }])
  })

  it('is its cluster that does not answer, with what it said', async () => {
    const { operationId } = await ask.provision()
    await ask.rows(`update control.cluster set reachable = false, fault = 'no route', checked_at = now()`)
    expect((await reasons(operationId))[0]).toEqual({
      kind: 'unreachable',
      clusterId: test.ids.cluster,
      cluster: 'eu-1',
      fault: 'no route',
      checkedAt: expect.any(String),
    })
  })

  it('is its backoff, with the error before it and until when it may take in all', async () => {
    const { operationId } = await ask.provision()
    await postponeOperation(test.core, await ask.claim(operationId), passing, 60_000, nothing)
    expect(await reasons(operationId)).toEqual([
      { kind: 'backoff', until: expect.any(String), code: '55P03', message: 'lock timeout' },
      { kind: 'deadline', at: expect.any(String) },
    ])
  })

  it('is a decision that somebody has to make', async () => {
    const { operationId } = await ask.provision()
    await holdOperation(test.core, await ask.claim(operationId), { ...failure, step: 'seed' }, nothing)
    expect(await reasons(operationId)).toEqual([{ kind: 'held', step: 'seed', message: 'broken' }])
  })

  it('is a worker that fell silent with it in hand', async () => {
    const { operationId } = await ask.provision()
    await ask.claim(operationId)
    await ask.rows(
      `update control.operation set lease_until = now() - interval '1s' where id = '${operationId}'`,
    )
    expect((await reasons(operationId))[0]).toEqual({
      kind: 'silent',
      worker: 'one:1',
      leaseUntil: expect.any(String),
    })
  })

  it('is that somebody has cancelled it, and by when it is forced', async () => {
    const { operationId } = await ask.provision()
    await ask.claim(operationId)
    await runVerb(test.core, test.ana, cancelOperation, { operationId })
    expect((await reasons(operationId))[0]).toEqual({
      kind: 'cancel',
      by: 'Ana',
      at: expect.any(String),
      forceAt: expect.any(String),
    })
  })

  it('is that the queue has lost its job, until it is rescued', async () => {
    const { operationId } = await ask.provision()
    await ask.rows('delete from pgboss.job')
    expect(await reasons(operationId)).toEqual([{ kind: 'no-job', withinSeconds: 7 }])
  })

  it('is an undo that rests until its cluster is back', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await beginUndo(test.core, claimed, failure, nothing)
    await postponeUndo(test.core, claimed, 30_000, nothing)
    await ask.rows(`update control.cluster set reachable = false, fault = 'no route'`)
    expect((await kinds(operationId)).slice(0, 2)).toEqual(['unreachable', 'rest'])
  })
})

describe('the lanes', () => {
  it('count what waits and what is in hand, each in its band', async () => {
    const running = await ask.provision()
    await ask.claim(running.operationId)
    const held = await ask.provision()
    await holdOperation(test.core, await ask.claim(held.operationId), failure, nothing)
    const child = await ask.provision()
    await ask.rows(`update control.operation set priority = 60 where id = '${child.operationId}'`)
    expect(await countLanes(test.core.db)).toEqual([
      { lane: 'urgent', queued: 0, running: 0, waiting: 0, held: 0 },
      { lane: 'interactive', queued: 0, running: 1, waiting: 1, held: 1 },
      { lane: 'background', queued: 0, running: 0, waiting: 0, held: 0 },
      { lane: 'bulk', queued: 1, running: 0, waiting: 0, held: 0 },
    ])
    const listed = await listOperations(test.core.db, { lanes: ['bulk'] })
    expect(listed.items.map(({ id }) => id)).toEqual([child.operationId])
  })
})
