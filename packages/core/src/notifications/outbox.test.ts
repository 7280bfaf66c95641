import { newId } from '@tenantry/db'
import { alert, incident } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setChannel } from '../channels/set-channel.ts'
import { testChannel } from '../channels/test-channel.ts'
import type { CoreContext } from '../core-context.ts'
import { escalateIncidents } from '../on-call/escalate-incidents.ts'
import { setPolicy } from '../on-call/set-policy.ts'
import { runVerb } from '../run-verb.ts'
import { refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { type Mailbox, openMailbox } from '../testing/open-mailbox.ts'
import { openReceiver, type Receiver } from '../testing/open-receiver.ts'
import { announceIncidents } from './announce-incidents.ts'
import { claimDue } from './claim-due.ts'
import { keepAlertmanagers } from './keep-alertmanagers.ts'
import { openSender } from './open-sender.ts'
import { pingWatchdog } from './ping-watchdog.ts'
import { recordDelivered } from './record-outcome.ts'
import { replayNotification } from './replay-notification.ts'
import { retryDelayMs } from './retry-delay.ts'
import { sendNow } from './send-now.ts'

let test: TestCore
let core: CoreContext
let receiver: Receiver
let box: Mailbox
let hook: string
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const rows = async (query: string) => (await test.control.pool.query(query)).rows

beforeAll(async () => {
  test = await createTestCore()
  core = { ...test.core, publicUrl: 'https://tenantry.example.org', channelNetworks: ['127.0.0.0/8'] }
  receiver = await openReceiver()
  box = await openMailbox()
  const add = (input: Parameters<typeof setChannel.input.parse>[0]) =>
    runVerb(core, test.ana, setChannel, setChannel.input.parse(input))
  hook = (await add({ name: 'Hook', kind: 'webhook', config: { url: receiver.url }, secret })).channelId
  const config = { host: '127.0.0.1', port: box.port, security: 'none', from: 'us@example.org' }
  await add({ name: 'Mail', kind: 'email', config })
})
afterAll(async () => {
  await receiver.close()
  await box.close()
  await test.close()
})
beforeEach(async () => {
  await policy([[{ kind: 'channel', channelId: hook }]])
})
afterEach(async () => {
  receiver.heard.length = 0
  box.mails.length = 0
  receiver.answer(() => ({ status: 200 }))
  await test.control.pool.query(`
    truncate control.notification, control.delivery, control.escalation, control.incident_event, control.alert,
      control.incident, control.escalation_policy cascade;
    update control.channel set enabled = true, fault = null, failing_since = null, kept_at = null`)
})

type Targets = readonly object[]
const policy = (steps: Targets[], { afterSeconds = 600, repeat = 0 } = {}) =>
  runVerb(
    core,
    test.ana,
    setPolicy,
    setPolicy.input.parse({
      name: `Policy ${newId('ep')}`,
      steps: steps.map((targets, i) => ({ afterSeconds: i ? afterSeconds : 0, targets })),
      repeat,
      isDefault: true,
    }),
  )
const fire = async (over: Partial<typeof incident.$inferInsert> = {}) => {
  const id = newId('in')
  await core.db
    .insert(incident)
    .values({ id, groupKey: id, severity: 'warning', title: 'Queue stalled', firing: 1, total: 1, ...over })
  return id
}
/** Something that somebody outside is to hear of. */
const change = (id: string, set: Partial<typeof incident.$inferInsert> = {}) =>
  core.db
    .update(incident)
    .set({ ...set, epoch: sql`${incident.epoch} + 1` })
    .where(eq(incident.id, id))
const taken = () => ({
  state: 'acknowledged' as const,
  acknowledgedBy: test.ids.user,
  acknowledgedUntil: new Date(Date.now() + 3_600_000),
})
const over = () => ({ state: 'resolved' as const, resolvedAt: new Date(), firing: 0 })
const announce = () => announceIncidents(core, () => {}).run()
const escalate = () => escalateIncidents(core, () => {}).run()
const send = async () => {
  const sender = openSender(core)
  let before = -1
  while (before !== receiver.heard.length + box.mails.length) {
    before = receiver.heard.length + box.mails.length
    await sender.duty.run()
    await sender.idle()
  }
}
const said = () => receiver.heard.map(({ body }) => body.data.event)
const pass = (seconds: number) =>
  test.control.pool.query(`
    update control.notification set due_at = due_at - interval '${seconds} s', ended_at = ended_at - interval '${seconds} s';
    update control.escalation set due_at = due_at - interval '${seconds} s'`)

describe('an incident', () => {
  it('is told once when it fires, when it is taken and when it is over', async () => {
    const id = await fire()
    await announce()
    await announce()
    await send()
    await change(id, taken())
    await announce()
    await send()
    await change(id, over())
    await announce()
    await send()
    expect(said()).toEqual(['fired', 'acknowledged', 'resolved'])
    const events = await rows(
      `select kind from control.incident_event where incident_id = '${id}' order by at, id`,
    )
    expect(events.map(({ kind }) => kind)).toEqual(['notified', 'notified', 'notified'])
  })

  it('is told by two processes at once no more often', async () => {
    for (let i = 0; i < 20; i++) await fire()
    await Promise.all([announce(), announce(), announce()])
    const senders = [openSender(core), openSender(core), openSender(core)]
    for (let i = 0; i < 8; i++) {
      await Promise.all(senders.map(({ duty }) => duty.run()))
      await Promise.all(senders.map((sender) => sender.idle()))
    }
    expect(receiver.heard).toHaveLength(20)
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(20)
  })

  it('that is over before anybody was told is told to nobody', async () => {
    const id = await fire()
    await change(id, over())
    await announce()
    await send()
    expect(said()).toEqual([])
    expect(await rows('select 1 from control.incident where announced_epoch < epoch')).toEqual([])
  })

  it('of which every alert is silenced is told when the silence is over', async () => {
    const id = await fire({ silenced: 1 })
    await announce()
    await send()
    expect(said()).toEqual([])
    await core.db.update(incident).set({ silenced: 0 }).where(eq(incident.id, id))
    await announce()
    await send()
    expect(said()).toEqual(['fired'])
  })

  it('that grows is told at most every five minutes, at once if it gets worse', async () => {
    const id = await fire()
    await announce()
    await send()
    for (let i = 0; i < 5; i++) {
      await change(id, { firing: i + 2 })
      await announce()
      await send()
    }
    expect(said()).toEqual(['fired'])
    await pass(301)
    await send()
    expect(receiver.heard.map(({ body }) => body.data.firing)).toEqual([1, 6])
    await change(id, { severity: 'critical' })
    await announce()
    await send()
    expect(said()).toEqual(['fired', 'updated', 'updated'])
    expect(await rows(`select 1 from control.notification where state = 'superseded'`)).toHaveLength(4)
  })

  it('that fires again after it was over calls again', async () => {
    const id = await fire()
    await announce()
    await send()
    await change(id, over())
    await announce()
    await send()
    await test.control.pool.query(
      `update control.incident set state = 'firing', resolved_at = null, firing = 1, epoch = epoch + 1 where id = '${id}'`,
    )
    await announce()
    await send()
    expect(said()).toEqual(['fired', 'resolved', 'fired'])
  })

  it('says what, of whom, by how much, what to do, and where to look', async () => {
    const id = await fire({ action: 'Start another worker.', runbookUrl: '/docs/alerts/queue-stalled' })
    await core.db.insert(alert).values({
      id: newId('al'),
      incidentId: id,
      fingerprint: 'f1',
      state: 'firing',
      clusterId: test.ids.cluster,
      pendingAt: new Date(),
      firedAt: new Date(),
    })
    await announce()
    await send()
    expect(receiver.heard[0]?.body.data).toMatchObject({
      title: 'Queue stalled',
      scope: 'eu-1',
      action: 'Start another worker.',
      runbookUrl: 'https://tenantry.example.org/docs/alerts/queue-stalled',
      url: expect.stringContaining(`https://tenantry.example.org/alerts/${id}?at=`),
      command: expect.stringContaining('alerts.acknowledge'),
      acknowledgeUrl: null,
    })
  })

  it('that nobody’s policy names says so in its timeline', async () => {
    await test.control.pool.query('delete from control.escalation_policy')
    const id = await fire()
    await announce()
    const [event] = await rows(`select kind, text from control.incident_event where incident_id = '${id}'`)
    expect(event).toMatchObject({ kind: 'undelivered', text: expect.stringContaining('no default one') })
  })
})

describe('a message', () => {
  const one = async () => {
    await fire()
    await announce()
    const [row] = await rows('select id from control.notification')
    return row.id as string
  }
  const state = async () =>
    (await rows('select state, attempts, fault, holder from control.notification order by epoch'))[0]

  it('is tried again later, with why in the log, and the channel shows that it fails until it works', async () => {
    receiver.answer(() => ({ status: 500, body: { sorry: secret } }))
    await one()
    await send()
    expect(await state()).toMatchObject({
      state: 'queued',
      attempts: 1,
      fault: 'It answered 500',
      holder: null,
    })
    const [failing] = await rows(`select fault, failing_since from control.channel where id = '${hook}'`)
    expect(failing).toMatchObject({ fault: 'It answered 500', failing_since: expect.any(Date) })
    const [{ answer }] = await rows('select answer from control.delivery')
    expect(answer).toContain('[redacted]')
    receiver.answer(() => ({ status: 200 }))
    await pass(900)
    await send()
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [works] = await rows(`select fault, failing_since from control.channel where id = '${hook}'`)
    expect(works).toEqual({ fault: null, failing_since: null })
  })

  it('is counted by how each attempt ended, with how long it took to be told', async () => {
    const counted: unknown[] = []
    const notified = (...one: unknown[]) => counted.push(one)
    const watched = { ...core, notificationMetrics: { notified } }
    receiver.answer(() => ({ status: 500 }))
    await one()
    const sender = openSender(watched)
    for (const status of [500, 200]) {
      receiver.answer(() => ({ status }))
      await sender.duty.run()
      await sender.idle()
      await pass(900)
    }
    expect(counted).toEqual([
      ['webhook', 'retried', expect.any(Number)],
      ['webhook', 'delivered', expect.any(Number)],
    ])
  })

  it('waits for as long as the other side asks', async () => {
    receiver.answer(() => ({ status: 429, headers: { 'retry-after': '120' } }))
    await one()
    await send()
    const [{ seconds }] = await rows(
      'select extract(epoch from due_at - clock_timestamp()) as seconds from control.notification',
    )
    expect(Number(seconds)).toBeGreaterThan(110)
  })

  it('whose sender dies after it was taken is sent again under the same key, and the log shows it', async () => {
    const id = await one()
    const dying = openSender(core, () => {
      throw new Error('killed')
    })
    await dying.duty.run()
    await dying.idle()
    expect(receiver.heard).toHaveLength(1)
    expect(await state()).toMatchObject({ state: 'queued', holder: expect.any(String) })
    await send()
    expect(receiver.heard).toHaveLength(1)
    await pass(5)
    await send()
    expect(receiver.heard.map(({ headers }) => headers['webhook-id'])).toEqual([id, id])
    expect(await rows('select attempt, fault from control.delivery order by attempt')).toEqual([
      { attempt: 1, fault: expect.stringContaining('died') },
      { attempt: 2, fault: null },
    ])
  })

  it('whose sender lives is left to it, however long the other side takes', async () => {
    receiver.answer('hang')
    await one()
    const sender = openSender(core)
    const arrived = receiver.next()
    await sender.duty.run()
    await arrived
    const dueAt = async () => (await rows('select due_at from control.notification'))[0].due_at as Date
    const first = await dueAt()
    await expect.poll(dueAt, { timeout: 5000 }).not.toEqual(first)
    expect(await claimDue(core, 'wk_other', { most: 1 })).toEqual([])
    await sender.close()
    expect(await state()).toMatchObject({ attempts: 1 })
    receiver.answer(() => ({ status: 200 }))
  })

  it('that two senders have had in hand is ended by the later one alone', async () => {
    await one()
    const [stale] = await claimDue(core, 'wk_stale', { most: 1 })
    await pass(5)
    const [fresh] = await claimDue(core, 'wk_fresh', { most: 1 })
    if (!stale || !fresh) throw new Error('not claimed')
    await recordDelivered(core, 'wk_stale', stale, { status: 200, answer: '', tookMs: 1 })
    expect(await state()).toMatchObject({ state: 'queued', attempts: 2, holder: 'wk_fresh' })
    await recordDelivered(core, 'wk_fresh', fresh, { status: 200, answer: '', tookMs: 1 })
    expect(await state()).toMatchObject({ state: 'delivered' })
  })

  it('is broken off when its process stops, without blame for the channel, and sent by another at once', async () => {
    receiver.answer('hang')
    await one()
    const sender = openSender(core)
    const arrived = receiver.next()
    await sender.duty.run()
    await arrived
    await sender.close()
    expect(await state()).toMatchObject({ state: 'queued', holder: null })
    expect(await rows('select 1 from control.channel where failing_since is not null')).toEqual([])
    receiver.answer(() => ({ status: 200 }))
    await send()
    expect(await state()).toMatchObject({ state: 'delivered' })
  })

  it('never overtakes an earlier one of its incident', async () => {
    const id = await fire()
    await announce()
    const [first] = await claimDue(core, 'wk_slow', { most: 1 })
    await change(id, over())
    await announce()
    await send()
    expect(said()).toEqual([])
    if (!first) throw new Error('not claimed')
    await recordDelivered(core, 'wk_slow', first, { status: 200, answer: '', tookMs: 1 })
    await send()
    expect(said()).toEqual(['resolved'])
  })

  it('that hangs holds up no other channel', async () => {
    receiver.answer('hang')
    await policy([
      [
        { kind: 'channel', channelId: hook },
        { kind: 'user', userId: test.ids.user },
      ],
    ])
    for (let i = 0; i < 6; i++) await fire()
    await announce()
    const sender = openSender(core)
    const delivered = async () => {
      await sender.duty.run()
      return (await rows(`select 1 from control.notification where state = 'delivered'`)).length
    }
    await expect.poll(delivered).toBe(6)
    expect(box.mails).toHaveLength(6)
    await sender.close()
  })

  it('that is refused for good is given up, in the timeline, and the next step is called at once', async () => {
    await policy([[{ kind: 'channel', channelId: hook }], [{ kind: 'user', userId: test.ids.user }]])
    receiver.answer(() => ({ status: 401 }))
    await one()
    await send()
    expect(await state()).toMatchObject({ state: 'failed' })
    const [event] = await rows(`select text from control.incident_event where kind = 'undelivered'`)
    expect(event.text).toBe('Hook did not get it: It answered 401.')
    await escalate()
    await send()
    expect(box.mails).toHaveLength(1)
  })

  it('that is answered with 410 takes the channel out of use, with a row in the audit', async () => {
    receiver.answer(() => ({ status: 410 }))
    await one()
    await send()
    expect(await rows(`select enabled from control.channel where id = '${hook}'`)).toEqual([
      { enabled: false },
    ])
    const [entry] = await rows(
      `select actor_name, after from control.audit where action = 'channel.set' order by at desc limit 1`,
    )
    expect(entry.after).toMatchObject({ enabled: false })
  })

  it('is replayed as it was written, unless a newer one has overtaken it', async () => {
    receiver.answer(() => ({ status: 400 }))
    const notificationId = await one()
    await send()
    receiver.answer(() => ({ status: 200 }))
    await runVerb(core, test.ana, replayNotification, { notificationId })
    await expect(runVerb(core, test.ana, replayNotification, { notificationId })).rejects.toMatchObject(
      refusal('unlawful_transition'),
    )
    await send()
    expect(await state()).toMatchObject({ state: 'delivered', attempts: 2 })
    expect(receiver.heard[0]?.raw).toBe(receiver.heard[1]?.raw)
  })
})

describe('waits between attempts', () => {
  it('double up to a quarter of an hour, are spread over all of it, and are never shorter than asked for', () => {
    expect([1, 2, 3, 12].map((attempt) => retryDelayMs(attempt, 0, 1))).toEqual([2000, 4000, 8000, 900_000])
    expect(retryDelayMs(3, 0, 0.5)).toBe(4000)
    expect(retryDelayMs(3, 60_000, 0)).toBe(60_000)
  })
})

describe('a test of a channel', () => {
  it('goes through the same outbox and comes back with the answer', async () => {
    receiver.answer(() => ({ status: 200, body: { hello: 'world' } }))
    const { notificationId } = await runVerb(core, test.ana, testChannel, { channelId: hook })
    expect(await sendNow(core, notificationId)).toMatchObject({
      state: 'delivered',
      status: 200,
      answer: '{"hello":"world"}',
    })
    expect(receiver.heard[0]?.body.type).toBe('test')
  })

  it('that fails is not tried again behind the back of whoever asked', async () => {
    receiver.answer(() => ({ status: 500 }))
    const { notificationId } = await runVerb(core, test.ana, testChannel, { channelId: hook })
    expect(await sendNow(core, notificationId)).toMatchObject({ state: 'failed', fault: 'It answered 500' })
  })
})

describe('an escalation', () => {
  const steps = () =>
    [[{ kind: 'channel', channelId: hook }], [{ kind: 'user', userId: test.ids.user }]] as Targets[]

  it('goes to the next step when nobody takes it, and stops when somebody does', async () => {
    await policy(steps())
    const id = await fire()
    await announce()
    await escalate()
    await send()
    expect([receiver.heard.length, box.mails.length]).toEqual([1, 0])
    await pass(601)
    await escalate()
    await send()
    expect([receiver.heard.length, box.mails.length]).toEqual([1, 1])
    expect(box.mails[0]?.to).toEqual(['ana@tenantry.test'])
    await change(id, taken())
    await announce()
    await pass(100_000)
    await escalate()
    await send()
    expect(said()).toEqual(['fired', 'acknowledged'])
    expect(box.mails).toHaveLength(2)
  })

  it('begins again as often as it says, and then is at its end', async () => {
    await policy(steps(), { repeat: 1 })
    await fire()
    await announce()
    for (let i = 0; i < 6; i++) {
      await send()
      await pass(601)
      await escalate()
    }
    await send()
    expect([receiver.heard.length, box.mails.length]).toEqual([2, 2])
    expect(await rows('select 1 from control.escalation where due_at is not null')).toEqual([])
  })

  it('calls again when the time of whoever took it is over', async () => {
    await policy(steps())
    const id = await fire()
    await announce()
    await send()
    await change(id, taken())
    await announce()
    await send()
    await change(id, { state: 'firing', acknowledgedBy: null, acknowledgedUntil: null })
    await announce()
    await send()
    expect(said()).toEqual(['fired', 'acknowledged', 'fired'])
    await pass(601)
    await escalate()
    await send()
    expect(box.mails).toHaveLength(1)
  })

  it('does not wait at a step that reaches nobody, and says why in the timeline', async () => {
    await policy([[{ kind: 'channel', channelId: hook }], [{ kind: 'user', userId: test.ids.user }]])
    await test.control.pool.query(`update control.channel set enabled = false where id = '${hook}'`)
    await fire()
    await announce()
    await send()
    expect(box.mails).toHaveLength(1)
    const events = await rows(`select text from control.incident_event where kind = 'undelivered'`)
    expect(events).toEqual([{ text: 'Hook is out of use.' }])
  })

  it('keeps its timers while nothing runs, and is not told twice by two processes', async () => {
    await policy(steps())
    await fire()
    await announce()
    await pass(3600)
    await Promise.all([escalate(), escalate(), escalate()])
    await send()
    expect(box.mails).toHaveLength(1)
  })

  it('gives each person a link of their own in the mail', async () => {
    await policy([[{ kind: 'user', userId: test.ids.user }]])
    await fire()
    await announce()
    await send()
    expect(box.mails[0]?.body.replaceAll('=\r\n', '')).toContain(
      'https://tenantry.example.org/acknowledge?link',
    )
  })
})

describe('an Alertmanager', () => {
  it('hears again of what fires, by one process a turn, and no more once it is over', async () => {
    const { channelId } = await runVerb(
      core,
      test.ana,
      setChannel,
      setChannel.input.parse({ name: 'AM', kind: 'alertmanager', config: { url: receiver.url } }),
    )
    await policy([[{ kind: 'channel', channelId }]])
    const id = await fire()
    await announce()
    await send()
    expect(receiver.heard).toHaveLength(1)
    await Promise.all([keepAlertmanagers(core).run(), keepAlertmanagers(core).run()])
    expect(receiver.heard).toHaveLength(2)
    expect(receiver.heard[1]?.body[0].labels).toEqual(receiver.heard[0]?.body[0].labels)
    await change(id, over())
    await announce()
    await send()
    await test.control.pool.query('update control.channel set kept_at = null')
    await keepAlertmanagers(core).run()
    expect(receiver.heard).toHaveLength(3)
    expect(Date.parse(receiver.heard[2]?.body[0].endsAt)).toBeLessThanOrEqual(Date.now())
  })
})

describe('the watchdog outside', () => {
  it('is pinged only while the rules are evaluated', async () => {
    const ping = pingWatchdog(core, receiver.url)
    await ping.run()
    expect(receiver.heard).toHaveLength(0)
    await test.control.pool.query(
      `insert into control.alert_evaluator (id, evaluated_at) values (1, clock_timestamp())
       on conflict (id) do update set evaluated_at = excluded.evaluated_at`,
    )
    await ping.run()
    expect(receiver.heard).toHaveLength(1)
    await test.control.pool.query(`update control.alert_evaluator set evaluated_at = now() - interval '61 s'`)
    await ping.run()
    expect(receiver.heard).toHaveLength(1)
  })
})
