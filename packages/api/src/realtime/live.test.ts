import { type LiveBatch, maxDelta, type SubscribeReply, type SubscribeRequest } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type LiveClient, next, type TestApi } from '../testing/create-test-api.ts'
import { mostTopics } from './sockets.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const open: LiveClient[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
async function connect(as: Parameters<TestApi['connect']>[0]): Promise<LiveClient> {
  const socket = await api.connect(as)
  open.push(socket)
  return socket
}

const subscribe = (socket: LiveClient, request: unknown): Promise<SubscribeReply> =>
  new Promise((resolve) => socket.emit('subscribe', request as SubscribeRequest, resolve))

/** Resolves with the first batch that `matches`; acknowledges all. */
function batch(socket: LiveClient, matches: (batch: LiveBatch) => boolean = () => true): Promise<LiveBatch> {
  return new Promise((resolve) => {
    const hear = (said: LiveBatch, received: () => void) => {
      received()
      if (!matches(said)) return
      socket.off('batch', hear)
      resolve(said)
    }
    socket.on('batch', hear)
  })
}

let slugs = 0
async function newTenant(): Promise<{ tenantId: string; operationId: string }> {
  const reply = await api.tell(
    'tenants.provision',
    { idempotencyKey: newId('op'), slug: `live-${++slugs}`, displayName: 'Live', templateId: api.templateId },
    { as: 'operator' },
  )
  return reply.body.result.data
}
const annotate = (tenantId: string, notes: string) =>
  api.control.pool.query('update control.tenant set notes = $2 where id = $1', [tenantId, notes])
const newest = async () =>
  (await api.control.pool.query('select coalesce(max(seq), 0)::int as seq from control.event')).rows[0].seq

describe('a topic', () => {
  it('is a snapshot on the first visit, and then every change as it comes', async () => {
    const { tenantId } = await newTenant()
    await api.relay()
    const socket = await connect('viewer')
    const answer = await subscribe(socket, { topic: 'tenants' })
    expect(answer).toEqual({ mode: 'snapshot', seq: expect.any(Number) })
    const heard = batch(socket, ({ events }) => events.some(({ patch }) => patch.notes === 'seen live'))
    await annotate(tenantId, 'seen live')
    await api.relay()
    const { topic, from, to, events, v } = await heard
    expect({ topic, v }).toEqual({ topic: 'tenants', v: 1 })
    expect(to).toBeGreaterThan(from)
    expect(events.at(-1)).toMatchObject({
      topic: 'tenants',
      kind: 'tenant.changed',
      entityId: tenantId,
      version: 2,
      patch: { id: tenantId, notes: 'seen live', rowVersion: 2, state: 'provisioning' },
    })
  })

  it('tells who comes back exactly what they missed, and continues from there', async () => {
    const { tenantId } = await newTenant()
    await api.relay()
    const first = await connect('viewer')
    const { seq: since } = (await subscribe(first, { topic: 'tenants' })) as { seq: number }
    first.disconnect()
    const beat = next(await connect('viewer'), 'heartbeat')
    for (const notes of ['one', 'two', 'three']) await annotate(tenantId, notes)
    await newTenant()
    await api.relay()
    await beat
    const second = await connect('viewer')
    await expect
      .poll(async () => ((await subscribe(second, { topic: 'fleet' })) as { seq: number }).seq)
      .toBe(await newest())
    const answer = await subscribe(second, { topic: 'tenants', since })
    if (answer.mode !== 'delta') throw new Error(`expected a delta, got ${answer.mode}`)
    expect(answer.events.map(({ patch }) => patch.notes)).toEqual(['one', 'two', 'three', ''])
    expect(answer.events.every(({ seq }) => seq > since && seq <= answer.seq)).toBe(true)
    const heard = batch(second)
    await annotate(tenantId, 'four')
    await api.relay()
    expect((await heard).from).toBeLessThanOrEqual(answer.seq)
  })

  it('is a snapshot for who is too far behind, or has a seq of another log', async () => {
    const socket = await connect('viewer')
    const from = await newest()
    await api.control.pool.query(
      `insert into control.event (seq, topics, kind, entity_id, version, patch)
       select ${from} + n, array['tenants'], 'tenant.changed', 'tn_x', n, '{}' from generate_series(1, ${maxDelta + 1}) n`,
    )
    await api.control.pool.query("select pg_notify('tenantry_event', '')")
    await expect
      .poll(async () => ((await subscribe(socket, { topic: 'tenants' })) as { seq: number }).seq)
      .toBe(from + maxDelta + 1)
    expect((await subscribe(socket, { topic: 'tenants', since: from })).mode).toBe('snapshot')
    expect((await subscribe(socket, { topic: 'tenants', since: from + 1 })).mode).toBe('delta')
    expect((await subscribe(socket, { topic: 'tenants', since: 2 ** 40 })).mode).toBe('snapshot')
  })

  it('is a snapshot for who has seen what is kept no longer', async () => {
    const socket = await connect('viewer')
    await api.control.pool.query('delete from control.event where seq < (select max(seq) from control.event)')
    expect((await subscribe(socket, { topic: 'tenants', since: 1 })).mode).toBe('snapshot')
  })

  it('of one operation hears its steps and log lines; the topic of another does not', async () => {
    const [one, other] = [await newTenant(), await newTenant()]
    await api.relay()
    const socket = await connect('viewer')
    await subscribe(socket, { topic: `operation:${one.operationId}` })
    const heard: string[] = []
    socket.on('batch', (said, received) => {
      received()
      heard.push(
        ...said.events
          .filter(({ kind }) => kind !== 'operation.changed')
          .map(({ kind, entityId }) => `${kind} ${entityId}`),
      )
    })
    for (const { operationId } of [other, one]) {
      await api.control.pool.query(
        `insert into control.operation_step (operation_id, attempt, ordinal, name, state, started_at)
         values ($1, 1, 0, 'place', 'running', now())`,
        [operationId],
      )
      await api.control.pool.query(
        "insert into control.operation_log (operation_id, line, attempt, at, level, message) values ($1, 1, 1, now(), 'info', 'hello')",
        [operationId],
      )
    }
    await api.relay()
    await expect.poll(() => heard).toHaveLength(2)
    expect(heard).toEqual([`operation.step ${one.operationId}/1/up/0`, `operation.log ${one.operationId}`])
  })

  it('says nothing more once it is left', async () => {
    const { tenantId } = await newTenant()
    const socket = await connect('viewer')
    await subscribe(socket, { topic: 'tenants' })
    await subscribe(socket, { topic: `tenant:${tenantId}` })
    socket.emit('unsubscribe', { topic: 'tenants' })
    const topics = new Set<string>()
    socket.on('batch', (said, received) => {
      received()
      topics.add(said.topic)
    })
    const heard = batch(
      socket,
      ({ topic, events }) => topic !== 'tenants' && events.some(({ patch }) => patch.notes === 'left'),
    )
    await annotate(tenantId, 'left')
    await api.relay()
    await heard
    expect([...topics]).toEqual([`tenant:${tenantId}`])
  })
})

describe('permission', () => {
  it('a role hears what it may read, and is told what it lacks, which is audited', async () => {
    const viewer = await connect('viewer')
    expect(await subscribe(viewer, { topic: 'audit' })).toEqual({
      mode: 'refused',
      code: 'forbidden',
      message: expect.stringContaining('audit.read'),
    })
    const { rows } = await api.control.pool.query(
      "select outcome from control.audit where action = 'audit.read' and actor_id = $1",
      [api.users.viewer],
    )
    expect(rows).toEqual([{ outcome: 'denied' }])
    expect((await subscribe(await connect('operator'), { topic: 'audit' })).mode).toBe('snapshot')
  })
})

describe('a malformed message', () => {
  it.each([
    [undefined],
    [null],
    ['tenants'],
    [{}],
    [{ topic: 'user:us_1' }],
    [{ topic: 'tenants', since: -1 }],
    [{ topic: 'tenants', since: '1' }],
    [{ topic: `tenant:${'x'.repeat(30_000)}` }],
    [{ topic: ['tenants'] }],
    [{ topic: 'tenants\n' }],
    [{ topic: '__proto__' }],
  ])('%j is refused, and the socket lives on', async (request) => {
    const socket = await connect('viewer')
    expect(await subscribe(socket, request)).toMatchObject({ mode: 'refused', code: 'invalid_input' })
    expect((await subscribe(socket, { topic: 'fleet' })).mode).toBe('snapshot')
  })

  it('without anybody to answer, or of an unknown name, is ignored', async () => {
    const socket = await connect('viewer')
    const raw = socket as unknown as { emit: (name: string, ...args: unknown[]) => void }
    raw.emit('subscribe', { topic: 'tenants' })
    raw.emit('subscribe')
    raw.emit('unsubscribe', 7)
    raw.emit('unsubscribe')
    raw.emit('drop everything', { now: true })
    raw.emit('batch', {})
    expect((await subscribe(socket, { topic: 'fleet' })).mode).toBe('snapshot')
  })

  it('of more than 64 KB ends the connection, and only it', async () => {
    const socket = await connect('viewer')
    const other = await connect('viewer')
    const gone = next(socket, 'disconnect')
    void subscribe(socket, { topic: 'x'.repeat(100_000) })
    await gone
    expect((await subscribe(other, { topic: 'fleet' })).mode).toBe('snapshot')
  })

  it(`after ${mostTopics} topics the next one is refused`, async () => {
    const socket = await connect('viewer')
    const answers = await Promise.all(
      Array.from({ length: mostTopics + 1 }, () => subscribe(socket, { topic: `tenant:${newId('tn')}` })),
    )
    expect(answers.filter(({ mode }) => mode === 'snapshot')).toHaveLength(mostTopics)
    expect(answers.filter(({ mode }) => mode === 'refused')).toEqual([
      expect.objectContaining({ code: 'too_many_requests' }),
    ])
  })
})

describe('the end of a session', () => {
  it('by signing out ends the sockets of this session, and no others', async () => {
    const cookie = await api.newCookie('viewer')
    const [mine, another] = [await connect({ cookie }), await connect('viewer')]
    const ended = next(mine, 'ended')
    const gone = next(mine, 'disconnect')
    await api.tell('session.signOut', {}, { cookie })
    await api.relay()
    expect(await ended).toEqual(['signed out'])
    await gone
    expect(another.connected).toBe(true)
  })

  it.each([
    ['by another role', { role: 'operator' }, 'role changed'],
    ['by being disabled', { disabled: true }, 'disabled'],
  ])('%s ends the sockets', async (_, change, reason) => {
    const added = await api.tell(
      'members.add',
      { email: `${newId('us')}@tenantry.test`, name: 'Bea', role: 'viewer' },
      { as: 'admin' },
    )
    const userId = added.body.result.data.id
    await api.control.pool.query('update control.user set must_change_password = false where id = $1', [
      userId,
    ])
    const socket = await connect({ cookie: await api.newCookie({ userId }) })
    const ended = next(socket, 'ended')
    await api.tell('members.change', { userId, ...change }, { as: 'admin' })
    await api.relay()
    expect(await ended).toEqual([reason])
    await expect.poll(() => socket.connected).toBe(false)
  })

  it('by its time ends the sockets', async () => {
    const cookie = await api.newCookie('viewer')
    const { rows } = await api.control.pool.query(
      "update control.session set ends_at = now() + interval '300 milliseconds' where id = (select id from control.session order by created_at desc limit 1) returning id",
    )
    expect(rows).toHaveLength(1)
    const socket = await connect({ cookie })
    expect(await next(socket, 'ended')).toEqual(['expired'])
  })

  it('that must change its password has no socket', async () => {
    const added = await api.tell(
      'members.add',
      { email: `${newId('us')}@tenantry.test`, name: 'Carl', role: 'admin' },
      { as: 'admin' },
    )
    const cookie = await api.newCookie({ userId: added.body.result.data.id })
    await expect(connect({ cookie })).rejects.toMatchObject({ data: { code: 'password_change_required' } })
  })
})

describe('a reader that takes nothing', () => {
  it('gets two batches, and the newest state of everything with its next receipt', async () => {
    const { tenantId } = await newTenant()
    await api.relay()
    const socket = await connect('viewer')
    await subscribe(socket, { topic: `tenant:${tenantId}` })
    const receipts: (() => void)[] = []
    const batches: LiveBatch[] = []
    socket.on('batch', (said, received) => {
      batches.push(said)
      receipts.push(received)
    })
    const watcher = await connect('viewer')
    await subscribe(watcher, { topic: `tenant:${tenantId}` })
    for (let n = 1; n <= 6; n++) {
      const heard = batch(watcher, ({ events }) => events.some(({ patch }) => patch.notes === `state ${n}`))
      await annotate(tenantId, `state ${n}`)
      await api.relay()
      await heard
    }
    expect(batches).toHaveLength(2)
    receipts[0]?.()
    await expect.poll(() => batches).toHaveLength(3)
    expect(batches[2]?.events.map(({ patch }) => patch.notes)).toEqual(['state 6'])
    expect(batches[2]?.from).toBe(batches[1]?.to)
  })
})

describe('the node', () => {
  it('beats with its name, its build and how far it has read', async () => {
    const socket = await connect('viewer')
    const [beat] = await next(socket, 'heartbeat')
    expect(beat).toEqual({
      now: expect.any(String),
      seq: expect.any(Number),
      node: 'test',
      build: '0.1.0+abc',
    })
  })

  it('hears no polling client', async () => {
    const reply = await fetch(`${api.address}/socket.io/?EIO=4&transport=polling`)
    expect(reply.status).toBe(400)
  })

  it('follows the log without wake-ups while its listening connection is gone, and listens again', async () => {
    const { tenantId } = await newTenant()
    await api.relay()
    const socket = await connect('viewer')
    await subscribe(socket, { topic: 'tenants' })
    const events = async () => {
      const reply = await fetch(`${api.address}/readyz?verbose`)
      return ((await reply.json()) as { checks: { events: { listening: boolean } } }).checks.events
    }
    await expect.poll(async () => (await events()).listening).toBe(true)
    await api.control.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tenantry listen' and datname = current_database()",
    )
    const heard = batch(socket, ({ events: of }) => of.some(({ patch }) => patch.notes === 'heard deaf'))
    await annotate(tenantId, 'heard deaf')
    await api.relay()
    await heard
    await expect.poll(async () => (await events()).listening, { timeout: 5000 }).toBe(true)
  })

  it('catches up by itself after the control database was away', async () => {
    const { tenantId } = await newTenant()
    await api.relay()
    const socket = await connect('viewer')
    await subscribe(socket, { topic: 'tenants' })
    const heard = batch(socket, ({ events }) => events.some(({ patch }) => patch.notes === 'while away'))
    await api.line.cut()
    await annotate(tenantId, 'while away')
    await api.relay()
    await api.line.restore()
    await heard
    expect(socket.connected).toBe(true)
  })
})
