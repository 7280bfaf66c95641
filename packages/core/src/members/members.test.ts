import { newId, openVault } from '@tenantry/db'
import { session, user } from '@tenantry/db/schema'
import { type ControlTestDatabase, createControlDatabase } from '@tenantry/db/testing'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, systemActor, systemUserId } from '../actor.ts'
import type { CoreContext } from '../core-context.ts'
import { runVerb } from '../run-verb.ts'
import { addMember } from './add-member.ts'
import { changeMember } from './change-member.ts'
import { changePassword } from './change-password.ts'
import { createFirstAdministrator } from './create-first-administrator.ts'
import { ensureSystemUser } from './ensure-system-user.ts'
import { hashPassword, newPassword, verifyPassword } from './password.ts'
import { resetPassword } from './reset-password.ts'

let control: ControlTestDatabase
let core: CoreContext
beforeAll(async () => {
  control = await createControlDatabase()
  core = {
    db: control.db,
    log: pino({ level: 'silent' }),
    vault: openVault(Buffer.alloc(32)),
    queue: { wake: () => Promise.reject(new Error('no jobs here')) },
  }
})
beforeEach(async () => {
  await control.pool.query('delete from control.session')
  await control.pool.query('delete from control.user')
  await control.pool.query('delete from control.event_outbox')
  await ensureSystemUser(core.db)
})
afterAll(() => control.drop())

const add = (role: 'viewer' | 'operator' | 'admin') =>
  runVerb(core, systemActor, addMember, { email: `${newId('us')}@tenantry.test`, name: role, role })
const change = (userId: string, to: { role?: 'viewer' | 'admin'; disabled?: boolean }) =>
  runVerb(core, systemActor, changeMember, { userId, ...to })
async function signInAs(userId: string, id = newId('us')): Promise<string> {
  const later = new Date(Date.now() + 3_600_000)
  await core.db.insert(session).values({ id, userId, expiresAt: later, endsAt: later })
  return id
}
const endings = async () =>
  (
    await control.pool.query(
      'select kind, topics, entity_id, patch from control.event_outbox where kind = $1 order by id',
      ['session.ended'],
    )
  ).rows
const lastAudit = async () =>
  (
    await control.pool.query(
      'select action, outcome, error_code, target_id, before, after from control.audit order by at desc limit 1',
    )
  ).rows[0]

describe('the first administrator', () => {
  it('is made once, however many processes start at the same moment, with a password told to one of them', async () => {
    const told = (await Promise.all([1, 2, 3].map(() => createFirstAdministrator(core)))).filter(Boolean)
    expect(told).toHaveLength(1)
    const rows = await core.db.select().from(user).where(eq(user.email, 'admin@tenantry.local'))
    expect(rows).toMatchObject([{ role: 'admin', mustChangePassword: true, disabledAt: null }])
    expect(await verifyPassword(rows[0]?.passwordHash, told[0]?.password ?? '')).toBe(true)
    expect(JSON.stringify(await lastAudit())).not.toContain(told[0]?.password)
  })

  it('is not made where somebody can sign in', async () => {
    await add('viewer')
    expect(await createFirstAdministrator(core)).toBeUndefined()
  })

  it('is never the system user, who cannot sign in', async () => {
    await createFirstAdministrator(core)
    const [system] = await core.db.select().from(user).where(eq(user.id, systemUserId))
    expect(system?.passwordHash).toBeNull()
  })
})

describe('adding a member', () => {
  it('gives a password once, to be changed at the first sign-in', async () => {
    const made = await add('operator')
    const [row] = await core.db.select().from(user).where(eq(user.id, made.id))
    expect(row).toMatchObject({ role: 'operator', mustChangePassword: true })
    expect(row?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(row?.passwordHash, made.password)).toBe(true)
    expect(await lastAudit()).toMatchObject({
      action: 'member.add',
      outcome: 'succeeded',
      target_id: made.id,
    })
  })
})

describe('changing a member', () => {
  it.each([
    ['another role', { role: 'admin' as const }, 'role changed'],
    ['being disabled', { disabled: true }, 'disabled'],
  ])('%s ends every session of theirs, on every node, and nobody else’s', async (_, to, reason) => {
    const [changed, other] = [await add('viewer'), await add('admin')]
    const [one, two, theirs] = [
      await signInAs(changed.id),
      await signInAs(changed.id),
      await signInAs(other.id),
    ]
    await change(changed.id, to)
    expect((await core.db.select({ id: session.id }).from(session)).map(({ id }) => id)).toEqual([theirs])
    const told = await endings()
    expect(told.map((event) => event.entity_id).toSorted()).toEqual([one, two].toSorted())
    expect(told[0]).toMatchObject({ topics: [`user:${changed.id}`], patch: { userId: changed.id, reason } })
    expect(await lastAudit()).toMatchObject({
      action: 'member.change',
      outcome: 'succeeded',
      before: { role: 'viewer', disabled: false },
    })
  })

  it('without a change of what they may do leaves their sessions', async () => {
    const member = await add('admin')
    await signInAs(member.id)
    await change(member.id, { role: 'admin', disabled: false })
    expect(await endings()).toEqual([])
  })

  it('enables who was disabled', async () => {
    const [, member] = [await add('admin'), await add('viewer')]
    await change(member.id, { disabled: true })
    expect(await change(member.id, { disabled: false })).toMatchObject({ disabledAt: null })
  })

  it.each([
    ['demoted', { role: 'viewer' as const }],
    ['disabled', { disabled: true }],
  ])('refuses that the only administrator is %s', async (_, to) => {
    const only = await add('admin')
    const retired = await add('admin')
    await change(retired.id, { disabled: true })
    await expect(change(only.id, to)).rejects.toMatchObject({
      code: 'unlawful_transition',
      detail: { action: expect.any(String) },
    })
    expect(await lastAudit()).toMatchObject({
      outcome: 'failed',
      error_code: 'unlawful_transition',
      target_id: only.id,
    })
  })

  it('keeps one administrator when two demote each other at the same moment', async () => {
    const [one, two] = [await add('admin'), await add('admin')]
    const results = await Promise.allSettled([
      change(one.id, { role: 'viewer' }),
      change(two.id, { role: 'viewer' }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it.each([systemUserId, 'us_nobody'])('knows no member %s', async (userId) => {
    await add('admin')
    await expect(change(userId, { disabled: true })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('changing one’s password', () => {
  const actorOf = (userId: string, sessionId: string): Actor => ({
    userId,
    sessionId,
    name: 'x',
    role: 'viewer',
  })

  it('needs the current one, keeps this session and ends the others', async () => {
    const member = await add('viewer')
    const [here, there] = [await signInAs(member.id), await signInAs(member.id)]
    const actor = actorOf(member.id, here)
    const next = 'a long new password'
    await expect(runVerb(core, actor, changePassword, { current: 'wrong', next })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { field: 'current' },
    })
    expect(await runVerb(core, actor, changePassword, { current: member.password, next })).toEqual({
      sessionsEnded: 1,
    })
    expect((await endings()).map((event) => event.entity_id)).toEqual([there])
    const [row] = await core.db.select().from(user).where(eq(user.id, member.id))
    expect(row?.mustChangePassword).toBe(false)
    expect(await verifyPassword(row?.passwordHash, next)).toBe(true)
    expect(JSON.stringify(await lastAudit())).not.toContain(next)
  })

  it('is refused to the system user, whatever is given', async () => {
    const input = { current: '', next: 'a long new password' }
    await expect(runVerb(core, systemActor, changePassword, input)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('a lost password', () => {
  it('is replaced by one that is told once, must be changed, and ends every session', async () => {
    const member = await add('operator')
    const there = await signInAs(member.id)
    const told = await resetPassword(core, member.email.toUpperCase())
    const [row] = await core.db.select().from(user).where(eq(user.id, member.id))
    expect(await verifyPassword(row?.passwordHash, told)).toBe(true)
    expect(await verifyPassword(row?.passwordHash, member.password)).toBe(false)
    expect(row?.mustChangePassword).toBe(true)
    expect((await endings()).map((event) => event.entity_id)).toEqual([there])
    expect(await lastAudit()).toMatchObject({ action: 'password.change', target_id: member.id })
  })

  it('is not made for the system user or a stranger', async () => {
    for (const email of ['system@tenantry.invalid', 'nobody@tenantry.test']) {
      await expect(resetPassword(core, email)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('passwords', () => {
  it('are drawn from letters that nobody mistakes, never twice the same', () => {
    const drawn = Array.from({ length: 200 }, newPassword)
    expect(new Set(drawn).size).toBe(200)
    for (const each of drawn) expect(each).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
  })

  it('match themselves and nothing else', async () => {
    const hashed = await hashPassword('correct horse battery')
    expect(await verifyPassword(hashed, 'correct horse battery')).toBe(true)
    expect(await verifyPassword(hashed, 'correct horse batterz')).toBe(false)
    expect(await verifyPassword(null, 'correct horse battery')).toBe(false)
    expect(await verifyPassword(undefined, '')).toBe(false)
  })

  it('are not hashed without bound: the sixty-seventh at a time is asked to wait', async () => {
    const results = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(null, 'x')))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(4)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests', detail: { retryAfter: 5 } } })
  })
})
