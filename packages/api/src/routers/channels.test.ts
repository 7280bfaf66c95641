import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
let channelId: string
beforeAll(async () => {
  api = await createTestApi()
  const hook = {
    name: 'Hook',
    kind: 'webhook',
    config: { url: 'http://127.0.0.1:9/' },
    secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  }
  channelId = (await api.tell('channels.set', hook, { as: 'admin' })).body.result.data.channelId
})
afterAll(() => api.close())

const ask = async (path: string, input: unknown = {}) =>
  (await api.ask(path, input, { as: 'operator' })).body.result.data

describe('channels', () => {
  it('show who tells them, what is on its way to them, and never their secret', async () => {
    const steps = [{ afterSeconds: 0, targets: [{ kind: 'channel', channelId }] }]
    await api.tell('policies.set', { name: 'Everybody', steps, isDefault: true }, { as: 'admin' })
    await api.control.pool.query(
      `insert into control.notification (id, channel_id, epoch, event, message)
       values ('no_queued', '${channelId}', 0, 'test', '{}')`,
    )
    const [row] = await ask('channels.list')
    expect(row).toMatchObject({ name: 'Hook', hasSecret: true, policies: ['Everybody'], queued: 1 })
    expect(JSON.stringify(row)).not.toContain('whsec_')
    await api.control.pool.query(`delete from control.notification`)
  })

  it('answer a test with what came back, and keep it in the log', async () => {
    const { body } = await api.tell('channels.test', { channelId }, { as: 'admin' })
    const { notificationId, state, fault } = body.result.data
    expect({ state, fault }).toEqual({ state: 'failed', fault: '127.0.0.1 is not a public address' })
    expect((await ask('notifications.list')).items).toMatchObject([{ id: notificationId, attempts: 1 }])
    expect((await ask('channels.list'))[0]).toMatchObject({ fault, failingSince: expect.any(String) })
  })

  it('show a message without the link that is its reader’s own', async () => {
    const [{ id }] = (await ask('notifications.list')).items
    await api.control.pool.query(
      `update control.notification set message = message || '{"acknowledgeUrl": "https://a.example/acknowledge?link=x"}'`,
    )
    const detail = await ask('notifications.get', { id })
    expect(detail.deliveries).toMatchObject([{ attempt: 1, fault: '127.0.0.1 is not a public address' }])
    expect(JSON.stringify(detail)).not.toContain('acknowledge?link')
  })

  it('are counted by the rules that an escalation is named by', async () => {
    const [{ id }] = await ask('policies.list')
    await api.control.pool.query(
      `insert into control.alert_rule (id, name, condition, scope, severity, policy_id)
       values ('ar_1', 'A rule', '{}', '{}', 'info', '${id}')`,
    )
    expect(await ask('policies.list')).toMatchObject([{ name: 'Everybody', rules: 1 }])
  })
})
