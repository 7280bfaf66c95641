import { type Role, roles } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../router.ts'
import { createTestApi, passwordHash, type Reply, type TestApi } from '../testing/create-test-api.ts'
import type { Meta } from '../trpc.ts'

/**
 * Who may call what: everybody, who is signed in, or from which role on. Written out by hand, so that whoever adds a
 * procedure says here for whom it is.
 */
const access: Record<string, 'everybody' | 'signed in' | Role> = {
  'session.me': 'signed in',
  'session.signIn': 'everybody',
  'session.signOut': 'signed in',
  'session.confirm': 'signed in',
  'session.changePassword': 'signed in',
  'tenants.list': 'viewer',
  'tenants.get': 'viewer',
  'tenants.slugCheck': 'viewer',
  'tenants.placement': 'viewer',
  'tenants.labels': 'viewer',
  'tenants.provision': 'operator',
  'tenants.adopt': 'admin',
  'tenants.annotate': 'operator',
  'tenants.discard': 'operator',
  'tenants.suspend': 'operator',
  'tenants.resume': 'operator',
  'tenants.rename': 'admin',
  'tenants.clone': 'admin',
  'tenants.move': 'admin',
  'tenants.transfer': 'admin',
  'tenants.rotate': 'operator',
  'tenants.archive': 'admin',
  'tenants.restore': 'admin',
  'tenants.purge': 'admin',
  'operations.list': 'viewer',
  'operations.get': 'viewer',
  'operations.log': 'viewer',
  'operations.retry': 'operator',
  'operations.cancel': 'operator',
  'operations.whyWaiting': 'viewer',
  'operations.queue': 'viewer',
  'operations.places': 'viewer',
  'operations.deadLetters': 'viewer',
  'operations.slowestSteps': 'viewer',
  'operations.hurry': 'operator',
  'operations.prioritise': 'operator',
  'operations.retryMany': 'operator',
  'operations.putAside': 'operator',
  'workers.list': 'viewer',
  'bulks.list': 'viewer',
  'bulks.get': 'viewer',
  'bulks.items': 'viewer',
  'bulks.preview': 'viewer',
  'bulks.check': 'viewer',
  'bulks.start': 'operator',
  'bulks.import': 'operator',
  'bulks.pause': 'operator',
  'bulks.resume': 'operator',
  'bulks.cancel': 'operator',
  'bulks.retry': 'operator',
  'bulks.label': 'operator',
  'fleet.overview': 'viewer',
  'fleet.series': 'viewer',
  'fleet.recentEvents': 'viewer',
  'fleet.attention': 'viewer',
  'findings.list': 'viewer',
  'findings.get': 'viewer',
  'findings.clusters': 'viewer',
  'findings.check': 'operator',
  'findings.ignore': 'operator',
  'findings.reopen': 'operator',
  'findings.resolve': 'operator',
  'audit.list': 'operator',
  'audit.verify': 'operator',
  'clusters.list': 'viewer',
  'clusters.get': 'viewer',
  'clusters.check': 'admin',
  'clusters.add': 'admin',
  'clusters.change': 'admin',
  'clusters.cordon': 'admin',
  'clusters.uncordon': 'admin',
  'clusters.drain': 'admin',
  'clusters.detach': 'admin',
  'placement.get': 'viewer',
  'placement.preview': 'viewer',
  'placement.set': 'admin',
  'clusters.adoptable': 'viewer',
  'templates.list': 'viewer',
  'templates.get': 'viewer',
  'templates.publish': 'admin',
  'pool.list': 'viewer',
  'pool.set': 'admin',
  'quotas.list': 'viewer',
  'quotas.standing': 'viewer',
  'quotas.over': 'viewer',
  'quotas.plans': 'viewer',
  'quotas.simulate': 'viewer',
  'quotas.set': 'admin',
  'quotas.setPlan': 'admin',
  'quotas.removePlan': 'admin',
  'quotas.assignPlan': 'admin',
  'alerts.acknowledge': 'operator',
  'alerts.release': 'operator',
  'alerts.note': 'operator',
  'rules.set': 'admin',
  'rules.remove': 'admin',
  'silences.add': 'operator',
  'silences.end': 'operator',
  'channels.list': 'operator',
  'channels.set': 'admin',
  'channels.remove': 'admin',
  'channels.test': 'admin',
  'channels.sources': 'operator',
  'channels.addSource': 'admin',
  'channels.removeSource': 'admin',
  'notifications.list': 'operator',
  'notifications.get': 'operator',
  'notifications.replay': 'admin',
  'schedules.list': 'viewer',
  'schedules.week': 'viewer',
  'schedules.people': 'viewer',
  'schedules.set': 'admin',
  'schedules.remove': 'admin',
  'schedules.override': 'admin',
  'policies.list': 'viewer',
  'policies.set': 'admin',
  'policies.remove': 'admin',
  'usage.top': 'viewer',
  'usage.tenant': 'viewer',
  'usage.series': 'viewer',
  'usage.forecast': 'viewer',
  'usage.neighbours': 'viewer',
  'usage.clusters': 'viewer',
  'usage.export': 'viewer',
  'alerts.engine': 'viewer',
  'alerts.runbook': 'viewer',
  'rules.preview': 'viewer',
  'silences.preview': 'viewer',
  'members.list': 'operator',
  'members.add': 'admin',
  'members.change': 'admin',
  'settings.get': 'viewer',
  'settings.set': 'admin',
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation'; readonly meta?: Meta }
}

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const call = (path: string, { _def }: Procedure, cookie?: string): Promise<Reply> =>
  (_def.type === 'query' ? api.ask : api.tell)(path, {}, { cookie })
const codeOf = ({ body }: Reply) => body?.error?.data.tenantry.code as string | undefined
const auditRows = async (where: string) =>
  (
    await api.control.pool.query(
      `select action, outcome, error_code, actor_id from control.audit where ${where}`,
    )
  ).rows

it('names everybody who may call each procedure, and no procedure that is gone', () => {
  expect(Object.keys(access).toSorted()).toEqual(procedures.map(([path]) => path).toSorted())
})

describe.each(procedures)('%s', (path, procedure) => {
  const meta = procedure._def.meta
  const allowed = access[path]

  it('says what it needs', () => {
    expect(meta).toBeDefined()
    if (allowed === 'everybody') expect(meta?.permission).toBe('public')
    else if (allowed === 'signed in') expect(meta?.permission).toBe('self')
    else expect(meta?.action).toBeTruthy()
  })

  it('refuses who is not signed in, unless it is for everybody', async () => {
    const reply = await call(path, procedure)
    expect(codeOf(reply)).toBe(allowed === 'everybody' ? 'invalid_input' : 'unauthenticated')
  })

  it.each(roles)(
    'is open or closed to the role %s as the table says, and audits the refusal',
    async (role) => {
      const may =
        allowed === 'everybody' ||
        allowed === 'signed in' ||
        roles.indexOf(role) >= roles.indexOf(allowed as Role)
      const denied = `outcome = 'denied' and action = '${meta?.action}' and actor_id = '${api.users[role]}'`
      const before = (await auditRows(denied)).length
      const reply = await call(path, procedure, await api.newCookie(role))
      if (may) {
        expect([200, 400]).toContain(reply.status)
        expect(await auditRows(denied)).toHaveLength(before)
      } else {
        expect(reply.status).toBe(403)
        expect(reply.body.error.data.tenantry).toMatchObject({
          code: 'forbidden',
          detail: { permission: meta?.permission, action: expect.stringContaining('administrator') },
        })
        expect(await auditRows(denied)).toHaveLength(before + 1)
      }
    },
  )
})

describe('a member whose password must be changed', () => {
  const userId = newId('us')
  beforeAll(async () => {
    await api.core.db
      .insert(user)
      .values({ id: userId, email: 'new@tenantry.test', name: 'New', role: 'admin', passwordHash })
  })

  it.each(procedures)('may call %s only to see or settle that', async (path, procedure) => {
    const reply = await call(path, procedure, await api.newCookie({ userId }))
    const settles = [
      'session.me',
      'session.signOut',
      'session.confirm',
      'session.changePassword',
      'session.signIn',
    ].includes(path)
    if (settles) expect([200, 400]).toContain(reply.status)
    else expect(codeOf(reply)).toBe('password_change_required')
  })

  it('leaves a denied row for each change it tried', async () => {
    const changes = procedures.filter(
      ([, { _def }]) => _def.type === 'mutation' && _def.meta?.permission.includes('.'),
    )
    const rows = await auditRows(`error_code = 'password_change_required' and actor_id = '${userId}'`)
    expect(rows).toHaveLength(changes.length)
  })

  it('is told so by session.me', async () => {
    const { body } = await api.ask('session.me', undefined, { cookie: await api.newCookie({ userId }) })
    expect(body.result.data.mustChangePassword).toBe(true)
  })
})
