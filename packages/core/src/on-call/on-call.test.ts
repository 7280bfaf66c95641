import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeChannel } from '../channels/remove-channel.ts'
import { setChannel } from '../channels/set-channel.ts'
import { chooseRecipients } from '../notifications/choose-recipients.ts'
import { runVerb } from '../run-verb.ts'
import { refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { waitBefore } from './begin-escalation.ts'
import { overrideSchedule } from './override-schedule.ts'
import { removePolicy } from './remove-policy.ts'
import { removeSchedule } from './remove-schedule.ts'
import { setPolicy } from './set-policy.ts'
import { setSchedule } from './set-schedule.ts'

let test: TestCore
let ben: string
beforeAll(async () => {
  test = await createTestCore()
  ben = 'us_00000000000000000000000ben'
  await test.control.pool.query(
    `insert into control."user" (id, email, name, role) values ('${ben}', 'ben@tenantry.test', 'Ben', 'operator')`,
  )
})
afterAll(() => test.close())

const rows = async (query: string) => (await test.control.pool.query(query)).rows
const mail = { host: 'mail.example.org', from: 'us@example.org' }
const addChannel = (over: object) =>
  runVerb(
    test.core,
    test.ana,
    setChannel,
    setChannel.input.parse({ name: 'Mail', kind: 'email', config: mail, ...over }),
  )
let named = 0
const schedule = (over: object = {}) =>
  runVerb(
    test.core,
    test.ana,
    setSchedule,
    setSchedule.input.parse({
      name: `Primary ${++named}`,
      timeZone: 'Europe/Rome',
      layers: [
        {
          name: 'Days',
          users: [test.ids.user, ben],
          startsAt: '2026-01-01T09:00',
          turn: { every: 1, unit: 'day' },
        },
      ],
      ...over,
    }),
  )
const policy = (over: object) =>
  runVerb(
    test.core,
    test.ana,
    setPolicy,
    setPolicy.input.parse({ name: `Policy ${++named}`, repeat: 0, ...over }),
  )

describe('a channel', () => {
  it('keeps its secret sealed, out of the audit, and as it is until another is typed', async () => {
    const config = { ...mail, username: 'us' }
    const { channelId, rowVersion } = await addChannel({ name: 'Sealed', config, secret: 'hunter2' })
    await addChannel({ channelId, ifVersion: rowVersion, name: 'Sealed 2', config })
    const [row] = await rows(`select secret from control.channel where id = '${channelId}'`)
    expect(row.secret).toMatch(/^v1\./)
    const audit = JSON.stringify(
      await rows(`select before, after from control.audit where target_id = '${channelId}'`),
    )
    expect(audit).not.toContain('hunter2')
    expect(audit).toContain('[redacted]')
  })

  it.each([
    ['a kind that cannot do without a secret', { kind: 'pagerduty', config: {} }],
    [
      'a signing secret of another shape',
      { kind: 'webhook', config: { url: 'https://a.example' }, secret: 'abc' },
    ],
    ['a name that is taken', { name: 'Sealed 2' }],
  ])('is refused with %s', async (_, over) => {
    await expect(addChannel({ name: `X ${++named}`, ...over })).rejects.toMatchObject(
      refusal('invalid_input'),
    )
  })

  it('is not changed by whoever has not seen the last change', async () => {
    const { channelId } = await addChannel({ name: 'Twice' })
    await addChannel({ channelId, ifVersion: 1, name: 'Twice 2' })
    await expect(addChannel({ channelId, ifVersion: 1, name: 'Twice 3' })).rejects.toMatchObject(
      refusal('version_conflict'),
    )
  })

  it('is not removed while an escalation names it', async () => {
    const { channelId, rowVersion } = await addChannel({ name: 'Named' })
    const step = { afterSeconds: 0, targets: [{ kind: 'channel', channelId }] }
    const { policyId, rowVersion: version } = await policy({ steps: [step] })
    const remove = () => runVerb(test.core, test.ana, removeChannel, { channelId, ifVersion: rowVersion })
    await expect(remove()).rejects.toMatchObject(refusal('unlawful_transition'))
    await runVerb(test.core, test.ana, removePolicy, { policyId, ifVersion: version })
    await remove()
    expect(await rows(`select secret, enabled from control.channel where id = '${channelId}'`)).toEqual([
      { secret: null, enabled: false },
    ])
  })
})

describe('a schedule', () => {
  it('says who is told: in turn, an override before that, nobody in a gap', async () => {
    await addChannel({ name: 'People' })
    const { scheduleId } = await schedule()
    const at = (text: string) =>
      chooseRecipients(test.core.db, [{ kind: 'schedule', scheduleId }], new Date(text))
    expect((await at('2026-01-01T10:00+01:00')).recipients).toMatchObject([{ userId: test.ids.user }])
    expect((await at('2026-01-02T10:00+01:00')).recipients).toMatchObject([{ userId: ben }])
    expect((await at('2025-12-31T10:00+01:00')).missing).toEqual([
      expect.stringContaining('Nobody is on call'),
    ])
    const { overrideId } = await runVerb(test.core, test.ana, overrideSchedule, {
      scheduleId,
      userId: test.ids.user,
      startsAt: '2026-01-02T08:00:00Z',
      endsAt: '2026-01-02T12:00:00Z',
    })
    expect((await at('2026-01-02T10:00+01:00')).recipients).toMatchObject([{ userId: test.ids.user }])
    await runVerb(test.core, test.ana, overrideSchedule, { scheduleId, overrideId })
    expect((await at('2026-01-02T10:00+01:00')).recipients).toMatchObject([{ userId: ben }])
  })

  it('calls nobody who is no member any more, and says so', async () => {
    const { scheduleId } = await schedule()
    await test.control.pool.query(`update control."user" set disabled_at = now() where id = '${ben}'`)
    const chosen = await chooseRecipients(
      test.core.db,
      [{ kind: 'schedule', scheduleId }],
      new Date('2026-01-02T10:00+01:00'),
    )
    expect(chosen).toEqual({ recipients: [], missing: ['Ben is no member any more.'] })
    await expect(schedule()).rejects.toMatchObject(refusal('invalid_input'))
    await test.control.pool.query(`update control."user" set disabled_at = null where id = '${ben}'`)
  })

  it('is not removed while an escalation calls it', async () => {
    const { scheduleId, rowVersion } = await schedule()
    await policy({ steps: [{ afterSeconds: 0, targets: [{ kind: 'schedule', scheduleId }] }] })
    await expect(
      runVerb(test.core, test.ana, removeSchedule, { scheduleId, ifVersion: rowVersion }),
    ).rejects.toMatchObject(refusal('unlawful_transition'))
  })

  it.each([
    ['2026-02-31T09:00', undefined],
    ['2026-01-01T09:00', { weekdays: [1], from: '25:00', to: '26:00' }],
  ])('is refused with a time that there is not: %s %o', (startsAt, hours) => {
    const layer = { name: 'L', users: [ben], startsAt, turn: { every: 1, unit: 'day' }, hours }
    const input = { name: 'Primary', timeZone: 'Europe/Rome', layers: [layer] }
    expect(setSchedule.input.safeParse(input).success).toBe(false)
  })
})

describe('an escalation', () => {
  it('that is made the default is the only one, and is neither removed nor left without another', async () => {
    const steps = [{ afterSeconds: 0, targets: [{ kind: 'user', userId: ben }] }]
    const first = await policy({ steps, isDefault: true })
    const second = await policy({ steps, isDefault: true })
    expect(await rows('select id from control.escalation_policy where is_default')).toEqual([
      { id: second.policyId },
    ])
    const remove = ({ policyId }: typeof first, ifVersion: number) =>
      runVerb(test.core, test.ana, removePolicy, { policyId, ifVersion })
    await expect(remove(second, 1)).rejects.toMatchObject(refusal('unlawful_transition'))
    await remove(first, 2)
  })

  it('is refused with a target that is gone', async () => {
    const channelId = 'ch_00000000000000000000000000'
    await expect(
      policy({ steps: [{ afterSeconds: 0, targets: [{ kind: 'channel', channelId }] }] }),
    ).rejects.toMatchObject(refusal('invalid_input'))
  })

  it('rests five minutes at least between two rounds', () => {
    const target = { kind: 'user' as const, userId: ben }
    const steps = [0, 60].map((afterSeconds) => ({ afterSeconds, targets: [target] }))
    expect([0, 1, 2, 3, 4].map((n) => waitBefore({ steps, repeat: 1 }, n))).toEqual([
      0,
      60,
      300,
      60,
      undefined,
    ])
  })
})
