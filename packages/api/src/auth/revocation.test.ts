import type { Role } from '@tenantry/contracts'
import { type Actor, changeMember, endSessions, runVerb } from '@tenantry/core'
import { newId } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, passwordHash, type Reply, type TestApi } from '../testing/create-test-api.ts'

// Nothing relays events here: what a node knows of another's changes it has from the tables alone.
let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

/** Another node: its own connections, no cache, nothing shared but the control database. */
const elsewhere = () => ({
  db: api.control.db,
  queue: api.core.queue,
  log: api.core.log,
  vault: api.core.vault,
})
const admin = (): Actor => ({ userId: api.users.admin, name: 'admin', role: 'admin' })

async function newMember(role: Role) {
  const id = newId('us')
  await api.control.db.insert(user).values({
    id,
    email: `${id}@tenantry.test`,
    name: id,
    role,
    passwordHash,
    mustChangePassword: false,
  })
  const cookie = await api.newCookie({ userId: id })
  return {
    id,
    cookie,
    ask: () => api.ask('members.list', undefined, { cookie }),
    tell: () =>
      api.tell(
        'settings.set',
        { key: 'environment', value: { name: 'test', production: false } },
        { cookie },
      ),
    change: (input: { role?: Role; disabled?: boolean }) =>
      runVerb(elsewhere(), admin(), changeMember, { userId: id, ...input }),
  }
}
type Member = Awaited<ReturnType<typeof newMember>>

const codeOf = (reply: Reply) => reply.body.error?.data.tenantry.code ?? reply.status
/** Both kinds of request pass, again and again: whatever could be kept of who this is has been kept by now. */
async function settle(member: Member) {
  for (let i = 0; i < 3; i++)
    expect([codeOf(await member.ask()), codeOf(await member.tell())]).toEqual([200, 200])
}

describe('on another node, with no event told', () => {
  it.each([
    ['a role that is lowered', (member: Member) => member.change({ role: 'viewer' }), 'unauthenticated'],
    ['a member who is disabled', (member: Member) => member.change({ disabled: true }), 'unauthenticated'],
    [
      'a session that is ended',
      (member: Member) =>
        elsewhere().db.transaction((tx) => endSessions(tx, { userId: member.id }, 'signed out')),
      'unauthenticated',
    ],
    [
      'a role that is lowered in the table, past every verb,',
      (member: Member) =>
        api.control.pool.query(`update control."user" set role = 'viewer' where id = $1`, [member.id]),
      'forbidden',
    ],
    [
      'a member who is disabled in the table, past every verb,',
      (member: Member) =>
        api.control.pool.query('update control."user" set disabled_at = now() where id = $1', [member.id]),
      'unauthenticated',
    ],
    [
      'a session that is over',
      (member: Member) =>
        api.control.pool.query('update control.session set ends_at = now() where user_id = $1', [member.id]),
      'unauthenticated',
    ],
  ] as const)('%s is refused at the very next question and the very next change', async (...of) => {
    const [, revoke, code] = of
    const member = await newMember('admin')
    await settle(member)
    await revoke(member)
    expect(codeOf(await member.ask())).toBe(code)
    expect(codeOf(await member.tell())).toBe(code)
  })

  it.each([
    ['lowered', (member: Member) => member.change({ role: 'viewer' })],
    [
      'lowered in the table, past every verb,',
      (member: Member) =>
        api.control.pool.query(`update control."user" set role = 'viewer' where id = $1`, [member.id]),
    ],
  ] as const)(
    'a role that is %s is refused a new topic on a socket that was open before',
    async (_, revoke) => {
      const member = await newMember('admin')
      const socket = await api.connect({ cookie: member.cookie })
      const subscribe = (topic: string) =>
        new Promise<{ mode: string }>((resolve) => socket.emit('subscribe', { topic }, resolve))
      expect((await subscribe('audit')).mode).toBe('snapshot')
      await revoke(member)
      expect((await subscribe('audit')).mode).toBe('refused')
    },
  )
})

describe('50 requests that race the revocation', () => {
  it.each([
    ['of a role', (member: Member) => member.change({ role: 'viewer' })],
    ['of a member', (member: Member) => member.change({ disabled: true })],
  ] as const)('%s: none that began after its commit passes', async (_, revoke) => {
    const member = await newMember('admin')
    await settle(member)
    let committed = false
    const racing: Promise<{ late: boolean; code: unknown }>[] = []
    const send = (n: number) => {
      const late = committed
      const request = n % 2 ? member.ask() : member.tell()
      racing.push(request.then((reply) => ({ late, code: codeOf(reply) })))
    }
    for (let n = 0; n < 15; n++) send(n)
    await Promise.race(racing)
    const revoked = revoke(member).then(() => {
      committed = true
    })
    for (let n = 0; n < 15; n++) {
      send(n)
      await Promise.race([revoked, new Promise(setImmediate)])
    }
    await revoked
    for (let n = 0; n < 20; n++) send(n)

    const all = await Promise.all(racing)
    expect(all).toHaveLength(50)
    expect(all.filter(({ late }) => late).length).toBeGreaterThanOrEqual(20)
    expect(all.filter(({ late, code }) => late && code !== 'unauthenticated')).toEqual([])
    expect(all.filter(({ late, code }) => !late && code === 200).length).toBeGreaterThan(0)
  })
})
