import type { ChannelKind, NotificationEvent, NotificationMessage } from '@tenantry/contracts'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Mailbox, openMailbox } from '../../testing/open-mailbox.ts'
import { openReceiver, type Receiver } from '../../testing/open-receiver.ts'
import type { Parcel, Thread } from './channel-client.ts'
import { openGuard } from './guard-address.ts'
import { openPost } from './open-post.ts'
import { sendByKind } from './send-by-kind.ts'

const message = (event: NotificationEvent, over: Partial<NotificationMessage> = {}): NotificationMessage => ({
  event,
  state: event === 'resolved' ? 'resolved' : event === 'acknowledged' ? 'acknowledged' : 'firing',
  severity: 'critical',
  title: 'Storage is nearly used up: 12 tenants, worst north-field at 99 %',
  scope: '12 tenants on eu-1',
  startedAt: '2026-11-22T10:00:00.000Z',
  resolvedAt: event === 'resolved' ? '2026-11-22T11:00:00.000Z' : null,
  composedAt: '2026-11-22T10:00:01.000Z',
  facts: [{ label: 'Storage', value: '99 %' }],
  tenants: ['north-field', 'south-<field>'],
  more: 10,
  action: 'Raise the quota, or ask the tenant to remove files.',
  holder: event === 'acknowledged' ? 'Ana' : null,
  acknowledgedUntil: null,
  url: 'https://tenantry.example.org/alerts/in_1',
  runbookUrl: 'https://tenantry.example.org/docs/alerts/storage',
  acknowledgeUrl: 'https://tenantry.example.org/acknowledge?link=x',
  command: 'curl …',
  rule: 'Storage is nearly used up',
  firing: 12,
  ...over,
})

let receiver: Receiver
beforeAll(async () => {
  receiver = await openReceiver()
})
afterAll(() => receiver.close())
afterEach(() => {
  receiver.heard.length = 0
  receiver.answer(() => ({ status: 200, body: {} }))
})

const here = ['127.0.0.0/8']
const parcelOf = (said: NotificationMessage, over: Partial<Parcel> = {}): Parcel => ({
  message: said,
  notificationId: 'no_01',
  incidentId: 'in_01',
  epoch: 1,
  thread: {},
  again: false,
  to: null,
  ...over,
})
const send = (
  kind: ChannelKind,
  config: Record<string, unknown>,
  secret: string,
  parcel: Parcel,
  { networks = here, signal = AbortSignal.timeout(5000) } = {},
) => {
  const guard = openGuard(networks)
  return sendByKind({ kind, config, secret }, parcel, { guard, post: openPost(guard), signal })
}

describe('PagerDuty', () => {
  const key = 'a'.repeat(32)
  /** Events API v2, as published: nothing else is sent. */
  const link = z.strictObject({ href: z.url(), text: z.string() })
  const event = z.discriminatedUnion('event_action', [
    z.strictObject({
      event_action: z.literal('trigger'),
      routing_key: z.string().length(32),
      dedup_key: z.string().max(255),
      client: z.string(),
      client_url: z.url().optional(),
      links: z.array(link),
      payload: z.strictObject({
        summary: z.string().max(1024),
        source: z.string().min(1),
        severity: z.enum(['critical', 'error', 'warning', 'info']),
        timestamp: z.iso.datetime(),
        group: z.string(),
        class: z.string(),
        custom_details: z.record(z.string(), z.string()),
      }),
    }),
    ...(['acknowledge', 'resolve'] as const).map((action) =>
      z.strictObject({
        event_action: z.literal(action),
        routing_key: z.string().length(32),
        dedup_key: z.string().max(255),
      }),
    ),
  ])

  it('gets one incident from trigger to resolve, under one key', async () => {
    receiver.answer(({ body }) => ({
      status: event.safeParse(body).success ? 202 : 400,
      body: { status: 'success', dedup_key: body.dedup_key },
    }))
    for (const kind of ['fired', 'updated', 'acknowledged', 'resolved'] as const) {
      await send('pagerduty', { endpoint: receiver.url }, key, parcelOf(message(kind)))
    }
    expect(receiver.heard.map(({ body }) => body.event_action)).toEqual([
      'trigger',
      'trigger',
      'acknowledge',
      'resolve',
    ])
    expect(new Set(receiver.heard.map(({ body }) => body.dedup_key))).toEqual(new Set(['in_01']))
  })

  it('gets a test that calls nobody for long: it is resolved at once', async () => {
    const test = parcelOf(message('test'), { incidentId: null })
    await send('pagerduty', { endpoint: receiver.url }, key, test)
    expect(receiver.heard.map(({ body }) => body.event_action)).toEqual(['trigger', 'resolve'])
  })
})

describe('Slack', () => {
  const text = (most: number) =>
    z.strictObject({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string().max(most) })
  const block = z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('header'), text: text(150) }),
    z.strictObject({ type: z.literal('section'), fields: z.array(text(2000)).min(1).max(10) }),
    z.strictObject({ type: z.literal('context'), elements: z.array(text(2000)).max(10) }),
    z.strictObject({
      type: z.literal('actions'),
      elements: z
        .array(
          z.strictObject({ type: z.literal('button'), text: text(75), url: z.url(), action_id: z.string() }),
        )
        .max(25),
    }),
  ])
  const content = z.object({
    channel: z.string(),
    text: z.string().min(1),
    attachments: z.array(z.strictObject({ color: z.string(), blocks: z.array(block).max(50) })).optional(),
  })
  const config = () => ({ mode: 'bot', channel: '#db-alerts', endpoint: receiver.url })
  const works = () =>
    receiver.answer(({ body }) =>
      content.safeParse(body).success
        ? { status: 200, body: { ok: true, ts: '17.01', channel: 'C1' } }
        : { status: 200, body: { ok: false, error: 'invalid_blocks' } },
    )

  it('gets one message, which is then changed in place', async () => {
    works()
    const first = await send('slack', config(), 'xoxb-1', parcelOf(message('fired')))
    expect(first.thread).toEqual({ ts: '17.01', channel: 'C1' })
    await send('slack', config(), 'xoxb-1', parcelOf(message('resolved'), { thread: first.thread ?? {} }))
    expect(receiver.heard.map(({ path, body }) => [path, body.ts ?? body.thread_ts ?? null])).toEqual([
      ['/chat.postMessage', null],
      ['/chat.update', '17.01'],
      ['/chat.postMessage', '17.01'],
    ])
    expect(receiver.heard[0]?.headers.authorization).toBe('Bearer xoxb-1')
    expect(receiver.heard[0]?.raw).toContain('south-&lt;field&gt;')
  })

  it('gets a new message when it fires again', async () => {
    works()
    const thread: Thread = { ts: '17.01', channel: 'C1' }
    await send('slack', config(), 'x', parcelOf(message('fired'), { thread, again: true }))
    expect(receiver.heard.map(({ path }) => path)).toEqual(['/chat.postMessage'])
  })

  it.each([
    ['ratelimited', 'later'],
    ['channel_not_found', 'never'],
  ])('is tried again after %s: %s', async (error, retry) => {
    receiver.answer(() => ({ status: 200, body: { ok: false, error } }))
    await expect(send('slack', config(), 'x', parcelOf(message('fired')))).rejects.toMatchObject({ retry })
  })

  it('as an incoming webhook gets a message each time', async () => {
    await send('slack', { mode: 'webhook' }, `${receiver.url}/services/T/B/x`, parcelOf(message('fired')))
    expect(receiver.heard[0]?.path).toBe('/services/T/B/x')
  })
})

describe('Opsgenie', () => {
  const alert = z.strictObject({
    message: z.string().min(1).max(130),
    alias: z.string().max(512),
    description: z.string().max(15_000),
    source: z.string().max(100),
    entity: z.string().max(512),
    priority: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']),
    tags: z.array(z.string().max(50)).max(20),
    details: z.record(z.string(), z.string()),
  })

  it('gets an alert by its alias, acknowledged and closed by it', async () => {
    receiver.answer(({ path, body }) => ({
      status: path !== '/v2/alerts' || alert.safeParse(body).success ? 202 : 422,
    }))
    for (const kind of ['fired', 'acknowledged', 'resolved'] as const) {
      await send('opsgenie', { endpoint: receiver.url }, 'key', parcelOf(message(kind)))
    }
    expect(receiver.heard.map(({ path }) => path)).toEqual([
      '/v2/alerts',
      '/v2/alerts/in_01/acknowledge?identifierType=alias',
      '/v2/alerts/in_01/close?identifierType=alias',
    ])
    expect(receiver.heard[0]?.headers.authorization).toBe('GenieKey key')
  })
})

describe('Alertmanager', () => {
  const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string())
  const alerts = z.array(
    z.strictObject({
      labels,
      annotations: labels,
      startsAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      generatorURL: z.url().optional(),
    }),
  )

  it('is told until when to believe us, and that it is over', async () => {
    receiver.answer(({ body }) => ({ status: alerts.safeParse(body).success ? 200 : 400 }))
    const target = { url: `${receiver.url}/`, username: 'us' }
    await send('alertmanager', target, 'pw', parcelOf(message('fired')))
    await send('alertmanager', target, 'pw', parcelOf(message('resolved', { scope: 'nobody any more' })))
    const ends = receiver.heard.map(({ body }) => Date.parse(body[0].endsAt) - Date.now())
    expect(ends[0]).toBeGreaterThan(200_000)
    expect(ends[1]).toBeLessThanOrEqual(0)
    expect(receiver.heard[0]?.path).toBe('/api/v2/alerts')
    expect(receiver.heard[0]?.headers.authorization).toBe(`Basic ${btoa('us:pw')}`)
    expect(receiver.heard[0]?.body[0].labels).toEqual(receiver.heard[1]?.body[0].labels)
  })

  it('is told that the milder alert is over when an incident is raised in severity', async () => {
    const target = { url: receiver.url, username: '' }
    const { thread } = await send(
      'alertmanager',
      target,
      '',
      parcelOf(message('fired', { severity: 'warning' })),
    )
    await send('alertmanager', target, '', {
      ...parcelOf(message('updated', { severity: 'critical' })),
      thread: thread ?? {},
    })
    const [raised, before] = receiver.heard[1]?.body ?? []
    expect(raised.labels.severity).toBe('critical')
    expect(Date.parse(raised.endsAt)).toBeGreaterThan(Date.now())
    expect(before.labels.severity).toBe('warning')
    expect(Date.parse(before.endsAt)).toBeLessThanOrEqual(Date.now())
  })
})

describe('a webhook', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

  it('is signed as Standard Webhooks says, with the same id every time', async () => {
    for (let i = 0; i < 2; i++) {
      await send('webhook', { url: `${receiver.url}/hook` }, secret, parcelOf(message('fired')))
    }
    for (const { headers, raw } of receiver.heard) {
      const said = new Webhook(secret).verify(raw, headers as Record<string, string>)
      expect(said).toMatchObject({ type: 'incident.fired', data: { incidentId: 'in_01', epoch: 1 } })
      expect(headers['webhook-id']).toBe('no_01')
    }
    const [{ raw = '', headers = {} } = {}] = receiver.heard
    const forged = raw.replace('critical', 'info')
    expect(() => new Webhook(secret).verify(forged, headers as Record<string, string>)).toThrow()
  })

  it('is at most 20 kB', async () => {
    const facts = Array.from({ length: 500 }, (_, i) => ({ label: `Fact ${i}`, value: 'x'.repeat(50) }))
    await send('webhook', { url: receiver.url }, secret, parcelOf(message('fired', { facts })))
    expect(Buffer.byteLength(receiver.heard[0]?.raw ?? '')).toBeLessThanOrEqual(20_000)
    expect(receiver.heard[0]?.body.data.title).toContain('Storage')
  })

  it.each([
    [500, {}, 'later', undefined],
    [429, { 'retry-after': '7' }, 'later', 7000],
    [503, { 'retry-after': '999999' }, 'later', 3_600_000],
    [404, {}, 'never', undefined],
    [410, {}, 'gone', undefined],
    [302, { location: 'http://169.254.169.254/latest/meta-data' }, 'never', undefined],
  ])('that answers %i is tried again %o: %s', async (status, headers, retry, retryAfterMs) => {
    receiver.answer(() => ({ status, headers: headers as Record<string, string> }))
    await expect(
      send('webhook', { url: receiver.url }, secret, parcelOf(message('fired'))),
    ).rejects.toMatchObject({ retry, retryAfterMs, status })
    expect(receiver.heard).toHaveLength(1)
  })

  it('that hangs is let go when the time is over', async () => {
    receiver.answer('hang')
    const time = new AbortController()
    const sent = send('webhook', { url: receiver.url }, secret, parcelOf(message('fired')), {
      signal: time.signal,
    })
    await receiver.next()
    time.abort(new DOMException('late', 'TimeoutError'))
    await expect(sent).rejects.toMatchObject({ retry: 'later', message: 'It did not answer in time' })
  })
})

describe('an address that is not public', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  it.each([
    'http://127.0.0.1/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/',
  ])('such as %s is refused before anything is sent', async (url) => {
    await expect(
      send('webhook', { url }, secret, parcelOf(message('fired')), { networks: [] }),
    ).rejects.toMatchObject({ retry: 'never', message: expect.stringContaining('not a public address') })
  })

  it('is refused for a mail server too', async () => {
    const config = {
      host: 'localhost',
      port: 1,
      security: 'none',
      from: 'a@example.org',
      to: ['b@example.org'],
    }
    await expect(
      send('email', config, '', parcelOf(message('fired')), { networks: [] }),
    ).rejects.toMatchObject({ retry: 'never', message: expect.stringContaining('not a public address') })
  })

  it('may be used where a setting allows its network, and no other', async () => {
    await send('webhook', { url: receiver.url }, secret, parcelOf(message('fired')))
    const other = { networks: ['10.0.0.0/8'] }
    await expect(
      send('webhook', { url: receiver.url }, secret, parcelOf(message('fired')), other),
    ).rejects.toMatchObject({ retry: 'never' })
  })
})

describe('e-mail', () => {
  let box: Mailbox
  beforeAll(async () => {
    box = await openMailbox()
  })
  afterAll(() => box.close())
  const config = (over = {}) => ({
    host: '127.0.0.1',
    port: box.port,
    security: 'none',
    from: 'tenantry@example.org',
    to: ['team@example.org'],
    ...over,
  })

  it('has a subject that says it all, both kinds of body, and headers that keep robots quiet', async () => {
    await send('email', config(), '', parcelOf(message('fired')))
    const mail = box.mails.at(-1)
    expect(mail?.headers).toMatchObject({
      subject: expect.stringContaining('[FIRING:12|critical] Storage is nearly used up'),
      'auto-submitted': 'auto-generated',
      'x-tenantry-fingerprint': 'in_01',
      'message-id': '<in_01.all@example.org>',
      'content-type': expect.stringContaining('multipart/alternative'),
    })
    expect(mail?.body).toContain('text/html')
    expect(mail?.body).toContain('south-&lt;field&gt;')
    expect(mail?.body).toContain('Raise the quota')
  })

  it('is one conversation an incident and reader', async () => {
    const to = { name: 'Ana', email: 'ana@example.org' }
    const first = await send('email', config(), '', parcelOf(message('fired'), { to }))
    const thread = first.thread ?? {}
    const over = parcelOf(message('resolved'), { to, thread, epoch: 2, notificationId: 'no_02' })
    await send('email', config(), '', over)
    const [one, two] = box.mails.slice(-2)
    expect(one?.to).toEqual(['ana@example.org'])
    expect(two?.headers['in-reply-to']).toBe(one?.headers['message-id'])
    expect(two?.headers.references).toBe(one?.headers['message-id'])
    expect(two?.headers['message-id']).not.toBe(one?.headers['message-id'])
  })

  it('that is sent twice has the same id both times', async () => {
    const parcel = parcelOf(message('updated'), { thread: { messageId: 'x' } })
    await send('email', config(), '', parcel)
    await send('email', config(), '', parcel)
    const [one, two] = box.mails.slice(-2)
    expect(one?.headers['message-id']).toBe(two?.headers['message-id'])
  })

  it('is not sent in the clear where STARTTLS is wanted and not offered', async () => {
    const before = box.mails.length
    await expect(
      send('email', config({ security: 'starttls' }), '', parcelOf(message('fired'))),
    ).rejects.toThrow('The mail server answered 500')
    expect(box.mails).toHaveLength(before)
  })

  it('is not sent to a server whose certificate nobody knows', async () => {
    const strange = await openMailbox({ tls: true })
    try {
      await expect(
        send('email', config({ port: strange.port, security: 'starttls' }), '', parcelOf(message('fired'))),
      ).rejects.toMatchObject({ retry: 'later' })
      expect(strange.mails).toHaveLength(0)
    } finally {
      await strange.close()
    }
  })

  it('signs in, and is not tried again with a password that is refused', async () => {
    const locked = await openMailbox({ password: 'right' })
    try {
      const there = config({ port: locked.port, username: 'us' })
      await send('email', there, 'right', parcelOf(message('fired')))
      expect(locked.mails).toHaveLength(1)
      await expect(send('email', there, 'wrong', parcelOf(message('fired')))).rejects.toMatchObject({
        retry: 'never',
        status: 535,
      })
    } finally {
      await locked.close()
    }
  })

  it.each([
    [451, 'later'],
    [550, 'never'],
  ])('that is answered with %i is tried again: %s', async (code, retry) => {
    box.refuse({ code, text: 'no' })
    await expect(send('email', config(), '', parcelOf(message('fired')))).rejects.toMatchObject({
      retry,
      status: code,
    })
    box.refuse(undefined)
  })
})
