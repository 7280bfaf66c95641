import { addMember, runVerb, systemActor } from '@tenantry/core'
import { newId } from '@tenantry/db'
import { user as userTable } from '@tenantry/db/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApi, type Reply, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
const password = 'correct horse battery'
beforeAll(async () => {
  api = await createTestApi({
    signIn: { perAddress: { tries: 30, seconds: 60 }, perEmail: { tries: 3, seconds: 60 } },
  })
})
beforeEach(() => api.control.pool.query('delete from control.rate_limit'))
afterAll(() => api.close())

let count = 0
/** A member who has chosen a password. */
async function member(role: 'viewer' | 'admin' = 'viewer') {
  const email = `member-${++count}@tenantry.test`
  const made = await runVerb(api.core, systemActor, addMember, { email, name: email, role })
  const first = cookieIn(await signIn(email, made.password))
  await api.tell('session.changePassword', { current: made.password, next: password }, { cookie: first })
  return { id: made.id, email, given: made.password }
}
const signIn = (email: string, given: string, headers = {}) =>
  api.tell('session.signIn', { email, password: given }, { headers })
const cookieIn = (reply: Reply) => reply.headers.get('set-cookie')?.split(';')[0] ?? ''
const codeOf = (reply: Reply) => reply.body.error?.data.tenantry.code
const audited = async (where: string, values: unknown[] = []) =>
  (await api.control.pool.query(`select * from control.audit where ${where} order by at`, values)).rows

describe('signing in', () => {
  it('begins a session that only the browser knows', async () => {
    const { email, id } = await member()
    const reply = await signIn(email.toUpperCase(), password)
    expect(reply.status).toBe(200)
    const cookie = reply.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^tenantry=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
    const token = cookieIn(reply).split('=')[1]
    const { rows } = await api.control.pool.query('select * from control.session where user_id = $1', [id])
    expect(JSON.stringify(rows)).not.toContain(token)
    const me = await api.ask('session.me', undefined, { cookie: cookieIn(reply) })
    expect(me.body.result.data).toMatchObject({
      user: { email, role: 'viewer' },
      mustChangePassword: false,
      environment: { name: 'local', production: false },
      build: { version: '0.1.0' },
    })
    expect(await audited("action = 'session.sign-in' and actor_id = $1", [id])).toHaveLength(2)
  })

  it('gives a new session each time, and ends the one that the browser had', async () => {
    const { email } = await member()
    const before = cookieIn(await signIn(email, password))
    const after = cookieIn(await signIn(email, password, { cookie: before }))
    expect(after).not.toBe(before)
    expect((await api.ask('session.me', undefined, { cookie: before })).status).toBe(401)
    expect((await api.ask('session.me', undefined, { cookie: after })).status).toBe(200)
  })

  it('does not take over a session id that somebody else has put into the browser', async () => {
    const { email } = await member()
    const planted = `tenantry=${'a'.repeat(43)}`
    const reply = await signIn(email, password, { cookie: planted })
    expect(cookieIn(reply)).not.toBe(planted)
    expect((await api.ask('session.me', undefined, { cookie: planted })).status).toBe(401)
  })

  it('says the same of an unknown address, a wrong password, a disabled member and the system user', async () => {
    const { email, id } = await member()
    const wrong = await signIn(email, 'not the password')
    await api.core.db.update(userTable).set({ disabledAt: new Date() })
    const disabled = await signIn(email, password)
    await api.core.db.update(userTable).set({ disabledAt: null })
    const unknown = await signIn('nobody@tenantry.test', password)
    const system = await signIn('system@tenantry.invalid', '')
    const said = [wrong, disabled, unknown, system].map(({ status, body }) => [
      status,
      { ...body.error.data.tenantry, requestId: '' },
    ])
    expect(new Set(said.map((each) => JSON.stringify(each)))).toHaveProperty('size', 1)
    expect(codeOf(wrong)).toBe('unauthenticated')
    const rows = await audited("action = 'session.refuse' and error_code = 'unauthenticated'")
    expect(rows.slice(-4).map((row) => [row.outcome, row.actor_id, row.after.email])).toEqual([
      ['denied', 'anonymous', email],
      ['denied', 'anonymous', email],
      ['denied', 'anonymous', 'nobody@tenantry.test'],
      ['denied', 'anonymous', 'system@tenantry.invalid'],
    ])
    expect(id).toBeTruthy()
  })

  it('takes as long for an unknown address as for a wrong password', async () => {
    const { email } = await member()
    // In processor time, which neighbours on the machine do not stretch: the hash is nearly all of it.
    const cost = async (address: string) => {
      const before = process.cpuUsage()
      await signIn(address, 'not the password')
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    await cost('warm-up@tenantry.test')
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 3; i++) {
      known.push(await cost(email))
      unknown.push(await cost(`unknown-${i}@tenantry.test`))
    }
    const ratio = Math.min(...known) / Math.min(...unknown)
    expect(ratio).toBeGreaterThan(0.66)
    expect(ratio).toBeLessThan(1.5)
  })
})

describe('guessing', () => {
  it('stops after the tries that an address has, with the time to wait, and is audited once', async () => {
    const { email } = await member()
    const replies: Reply[] = []
    for (let i = 0; i < 6; i++) replies.push(await signIn(email, `guess ${i}`))
    expect(replies.map(codeOf)).toEqual([
      ...Array(3).fill('unauthenticated'),
      ...Array(3).fill('too_many_requests'),
    ])
    const { detail } = replies[5]?.body.error.data.tenantry ?? {}
    expect(detail.retryAfter).toBeGreaterThan(0)
    expect(detail.retryAfter).toBeLessThanOrEqual(60)
    expect(replies[5]?.status).toBe(429)
    expect(codeOf(await signIn(email, password))).toBe('too_many_requests')
    expect(await audited("error_code = 'too_many_requests' and after->>'email' = $1", [email])).toHaveLength(
      1,
    )
  })

  it('gets no more tries by sending them all at once', async () => {
    const { email } = await member()
    const replies = await Promise.all(Array.from({ length: 8 }, (_, i) => signIn(email, `guess ${i}`)))
    expect(replies.filter((reply) => codeOf(reply) === 'unauthenticated')).toHaveLength(3)
  })

  it('over many addresses stops at the tries of one network address', async () => {
    const codes: string[] = []
    for (let i = 0; i < 10; i++) {
      const some = await Promise.all(
        [0, 1, 2, 3].map((j) => signIn(`spray-${i}-${j}@tenantry.test`, 'Winter2026!')),
      )
      codes.push(...some.map(codeOf))
    }
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(30)
  })

  it('of the current password by who has somebody’s session costs the same tries', async () => {
    const { email } = await member()
    const cookie = cookieIn(await signIn(email, password))
    const codes: string[] = []
    for (let i = 0; i < 5; i++) {
      const input = { current: `guess ${i}`, next: 'a password of mine' }
      codes.push(codeOf(await api.tell('session.changePassword', input, { cookie })))
    }
    expect(codes).toEqual([...Array(3).fill('invalid_input'), ...Array(2).fill('too_many_requests')])
  })

  it('is forgiven to who knows the password', async () => {
    const { email } = await member()
    await signIn(email, 'a slip')
    await signIn(email, 'a slip')
    expect((await signIn(email, password)).status).toBe(200)
    await signIn(email, 'a slip')
    await signIn(email, 'a slip')
    expect((await signIn(email, password)).status).toBe(200)
  })
})

describe('a session', () => {
  const sessionOf = (cookie: string) => api.ask('session.me', undefined, { cookie })

  it('ends with signing out, and only it', async () => {
    const { email, id } = await member()
    const here = cookieIn(await signIn(email, password))
    const there = cookieIn(await signIn(email, password))
    const reply = await api.tell('session.signOut', {}, { cookie: here })
    expect(reply.headers.get('set-cookie')).toMatch(/^tenantry=; .*Expires=Thu, 01 Jan 1970/)
    expect((await sessionOf(here)).status).toBe(401)
    expect((await sessionOf(there)).status).toBe(200)
    expect(await audited("action = 'session.sign-out' and actor_id = $1", [id])).toHaveLength(1)
  })

  it.each([
    ['idle for too long', 'expires_at'],
    ['as old as it may get, however busy', 'ends_at'],
  ])('is over when %s: work in the middle of it is refused and nothing changed', async (_, column) => {
    const cookie = await api.newCookie('operator')
    expect((await sessionOf(cookie)).status).toBe(200)
    await api.control.pool.query(
      `update control.session set ${column} = now() - interval '1 second' where user_id = $1`,
      [api.users.operator],
    )
    const reply = await api.tell(
      'tenants.provision',
      { idempotencyKey: `expired-${column}`, slug: 'late', displayName: 'Late', templateId: api.templateId },
      { cookie },
    )
    expect(codeOf(reply)).toBe('unauthenticated')
    expect(reply.body.error.data.tenantry.detail.action).toBe('Sign in.')
    expect(await audited("action = 'tenant.provision'")).toEqual([])
  })

  it('lasts longer while it is used', async () => {
    const { email, id } = await member()
    const cookie = cookieIn(await signIn(email, password))
    await api.control.pool.query(
      "update control.session set expires_at = now() + interval '1 hour' where user_id = $1",
      [id],
    )
    await sessionOf(cookie)
    const { rows } = await api.control.pool.query(
      "select expires_at > now() + interval '11 hours' as longer, ends_at < now() + interval '8 days' as bounded from control.session where user_id = $1 order by created_at desc limit 1",
      [id],
    )
    expect(rows).toEqual([{ longer: true, bounded: true }])
  })

  it('ends when its owner is disabled or gets another role', async () => {
    const { email, id } = await member('admin')
    for (const change of [{ role: 'viewer' }, { disabled: true }]) {
      const cookie = cookieIn(await signIn(email, password))
      const reply = await api.tell('members.change', { userId: id, ...change }, { as: 'admin' })
      expect(reply.status).toBe(200)
      expect((await sessionOf(cookie)).status).toBe(401)
    }
    expect(codeOf(await signIn(email, password))).toBe('unauthenticated')
  })

  it('of another browser ends when the password is changed', async () => {
    const { email } = await member()
    const here = cookieIn(await signIn(email, password))
    const there = cookieIn(await signIn(email, password))
    const wrong = { current: 'not it', next: 'another password' }
    expect(codeOf(await api.tell('session.changePassword', wrong, { cookie: here }))).toBe('invalid_input')
    const right = { current: password, next: 'another password' }
    const reply = await api.tell('session.changePassword', right, { cookie: here })
    expect(reply.body.result.data.sessionsEnded).toBeGreaterThanOrEqual(1)
    expect((await sessionOf(here)).status).toBe(200)
    expect((await sessionOf(there)).status).toBe(401)
    expect((await signIn(email, 'another password')).status).toBe(200)
  })
})

it('writes no password into the log or the audit log', async () => {
  const { email, given } = await member()
  await signIn(email, 'hunter2hunter2')
  const rows = await audited('true')
  for (const secret of [given, password, 'hunter2hunter2']) {
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(api.logged.join('')).not.toContain(secret)
  }
})

describe('a severe change', () => {
  const purge = {
    idempotencyKey: 'purge-nobody',
    tenantId: newId('tn'),
    confirmSlug: 'nobody',
    reason: 'a test',
  }
  const forget = (email: string) =>
    api.control.pool.query(
      `update control.session set confirmed_at = now() - interval '11 minutes'
       where user_id = (select id from control.user where email = $1)`,
      [email],
    )

  it('wants the password once more when it was typed a while ago, and leaves a denied row', async () => {
    const { email, id } = await member('admin')
    const cookie = cookieIn(await signIn(email, password))
    expect(codeOf(await api.tell('tenants.purge', purge, { cookie }))).toBe('not_found')
    await forget(email)
    expect(codeOf(await api.tell('tenants.purge', purge, { cookie }))).toBe('password_required')
    expect(await audited(`error_code = 'password_required' and actor_id = '${id}'`)).toHaveLength(1)
    expect(codeOf(await api.tell('session.confirm', { password: 'not it' }, { cookie }))).toBe(
      'invalid_input',
    )
    expect(codeOf(await api.tell('tenants.purge', purge, { cookie }))).toBe('password_required')
    expect((await api.tell('session.confirm', { password }, { cookie })).status).toBe(200)
    expect(codeOf(await api.tell('tenants.purge', purge, { cookie }))).toBe('not_found')
  })

  it('is opened by its own session alone', async () => {
    const { email } = await member('admin')
    const here = cookieIn(await signIn(email, password))
    const there = cookieIn(await signIn(email, password))
    await forget(email)
    await api.tell('session.confirm', { password }, { cookie: there })
    expect(codeOf(await api.tell('tenants.purge', purge, { cookie: here }))).toBe('password_required')
  })

  it('gives no more tries at the password than signing in does', async () => {
    const { email } = await member()
    const cookie = cookieIn(await signIn(email, password))
    const codes: unknown[] = []
    for (let i = 0; i < 11; i++)
      codes.push(codeOf(await api.tell('session.confirm', { password: 'a guess' }, { cookie })))
    expect(codes.at(-1)).toBe('too_many_requests')
  })
})
