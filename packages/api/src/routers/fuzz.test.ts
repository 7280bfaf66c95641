import { auditActions, operationStates, quotaResources, roles, tenantStates } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../router.ts'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
let right: ReturnType<typeof rightInputs>
beforeAll(async () => {
  api = await createTestApi()
  const { clusterId, templateId } = api
  const first = { idempotencyKey: 'the first', slug: 'unibo', displayName: 'Bologna', templateId }
  const { tenantId, operationId } = (await api.tell('tenants.provision', first, { as: 'admin' })).body.result
    .data
  right = rightInputs({ tenantId, operationId, clusterId, templateId })
})
afterAll(() => api.close())

/** What people, programs and attackers put where something else belongs. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '😀',
    '%',
    '_',
    '\\',
    "'; drop schema control cascade; --",
    '"; select pg_sleep(10); --',
    '$1',
    '__proto__',
    'x'.repeat(5000),
    'unibo',
    'university',
    'ana@tenantry.test',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999+23:59',
    '2026-02-30T00:00:00Z',
    '1h',
    'slug',
    'environment',
    { name: 'x', production: true },
    newId('tn'),
    newId('op'),
    newId('cl'),
    newId('tp'),
    newId('us'),
    'tn_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  ),
  fc.constantFrom(0, -0, -1, 1, 1.5, 200, 201, 1e308, 2 ** 53, -(2 ** 53), 2 ** 31, 2 ** 63),
  fc.constantFrom(true, false, null, [], {}, [[]], { a: { b: 1 } }, [null]),
  fc.constantFrom<unknown>(...tenantStates, ...operationStates, ...roles, ...Object.keys(quotaResources)),
  fc.constantFrom<unknown>(
    [...tenantStates],
    [...operationStates],
    ['audit.read'],
    [...auditActions, ...auditActions],
  ),
  // Cursors of every shape, from right to absurd.
  fc
    .oneof(
      fc.constant(['2026-11-22T10:00:00.000000Z', 'x']),
      fc.constant(['2026-11-22T10:00:00.000000Z', 'system', '99999999999999999999']),
      fc.constant(['2026-99-99T10:00:00.000000Z', 'x']),
      fc.array(fc.string(), { maxLength: 4 }),
      fc.jsonValue(),
    )
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
  fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), { maxKeys: 4 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Nothing listens there. */
const nowhere = 'postgres://u:p@127.0.0.1:1/nowhere'

/** What each procedure takes, every field filled rightly: what is sent has one or two of them wrong and some missing. */
const rightInputs = (ids: {
  tenantId: string
  operationId: string
  clusterId: string
  templateId: string
}) => {
  const { tenantId, operationId, clusterId, templateId } = ids
  const paging = { cursor: '', limit: 10 }
  const idempotencyKey = 'a-key-of-its-own'
  const time = '2026-11-22T10:00:00Z'
  const row = { slug: 'c-college', displayName: 'C', template: '', cluster: '', labels: 'a=b', notes: '' }
  const rule = {
    name: 'Storage',
    description: '',
    condition: { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 10, clear: 5 },
    scope: { clusterIds: [clusterId], tenantIds: [tenantId], labels: { a: 'b' } },
    forSeconds: 60,
    keepFiringSeconds: 60,
    severity: 'warning',
    groupBy: 'cluster',
    action: 'Make room.',
    runbookUrl: '/docs/alerts/storage',
    policyId: null,
    enabled: true,
  }
  const matchers = [{ fact: 'cluster', operator: 'is', values: [clusterId] }]
  const right: Record<string, Record<string, unknown>> = {
    'session.me': {},
    'session.signIn': { email: 'nobody@tenantry.test', password: 'x' },
    'session.signOut': {},
    'session.confirm': { password: 'x' },
    'session.changePassword': { current: 'x', next: 'a new password' },
    'tenants.list': {
      ...paging,
      text: 'a',
      states: ['active'],
      labels: { a: 'b' },
      clusterId,
      sort: 'slug',
      dir: 'asc',
    },
    'tenants.get': { id: tenantId },
    'tenants.slugCheck': { slug: 'unibo' },
    'tenants.placement': { clusterId, labels: { a: 'b' } },
    'tenants.labels': {},
    'tenants.provision': {
      idempotencyKey,
      slug: 'a-college',
      displayName: 'A',
      templateId,
      clusterId,
      labels: {},
      notes: '',
      fromPool: true,
    },
    'tenants.adopt': {
      idempotencyKey,
      clusterId,
      schema: 'legacy',
      confirmSchema: 'legacy',
      slug: 'legacy-college',
      displayName: 'Legacy',
      templateId,
      templateVersion: 1,
      strict: true,
      keepRoles: ['product'],
      reason: 'moves in',
      labels: {},
      notes: '',
    },
    'tenants.annotate': { tenantId, ifVersion: 1, displayName: 'A', labels: {}, notes: '' },
    'tenants.discard': { idempotencyKey, tenantId },
    'tenants.suspend': { idempotencyKey, tenantId, reason: 'unpaid' },
    'tenants.resume': { idempotencyKey, tenantId },
    'tenants.rename': { idempotencyKey, tenantId, slug: 'b-college', confirmSlug: 'a-college' },
    'tenants.clone': {
      idempotencyKey,
      sourceId: tenantId,
      slug: 'c-college',
      displayName: 'C',
      withData: true,
      clusterId,
      labels: { region: 'north' },
      notes: 'n',
    },
    'tenants.move': { idempotencyKey, tenantId, reason: 'room', clusterId },
    'tenants.transfer': { tenantId, ownerId: newId('us') },
    'tenants.rotate': { idempotencyKey, tenantId, overlapMinutes: 10 },
    'tenants.archive': { idempotencyKey, tenantId, reason: 'left', confirmSlug: 'a-college', keepDays: 1 },
    'tenants.restore': { idempotencyKey, tenantId },
    'tenants.purge': {
      idempotencyKey,
      tenantId,
      reason: 'erase',
      confirmSlug: 'a-college',
      beforeWindowEnds: true,
    },
    'operations.list': {
      ...paging,
      text: 'a',
      states: ['queued'],
      kinds: ['tenant.provision'],
      lanes: ['bulk'],
      tenantId,
      templateId,
      clusterId,
      bulkId: newId('bk'),
    },
    'operations.get': { id: operationId },
    'operations.log': { operationId, afterLine: 0, beforeLine: 100, limit: 10 },
    'operations.retry': { idempotencyKey, operationId, onFailure: 'keep' },
    'operations.cancel': { operationId, graceSeconds: 10 },
    'operations.whyWaiting': { id: operationId },
    'operations.queue': {},
    'operations.places': { ids: [operationId] },
    'operations.deadLetters': {},
    'operations.slowestSteps': { days: 7, kinds: ['tenant.provision'], clusterId, limit: 10 },
    'operations.hurry': { operationId },
    'operations.prioritise': { operationId },
    'operations.retryMany': { idempotencyKey, operationIds: [operationId], onFailure: 'undo' },
    'operations.putAside': { operationIds: [operationId], reason: 'known' },
    'workers.list': {},
    'bulks.list': { ...paging, states: ['running'] },
    'bulks.get': { id: newId('bk') },
    'bulks.items': { ...paging, bulkId: newId('bk'), outcomes: ['failed'], group: 'XX000 a' },
    'bulks.preview': { kind: 'tenant.suspend', target: { filter: { text: 'a' } }, beforeWindowEnds: false },
    'bulks.check': { rows: [row], template: 'university' },
    'bulks.start': {
      idempotencyKey,
      kind: 'tenant.suspend',
      target: { tenantIds: [tenantId] },
      reason: 'unpaid',
      expectCount: 1,
      window: 5,
      keepDays: 1,
      beforeWindowEnds: false,
    },
    'bulks.import': {
      idempotencyKey,
      rows: [row],
      template: 'university',
      reason: 'moved in',
      acknowledgeWrong: 0,
      expectCount: 1,
      window: 5,
    },
    'bulks.pause': { bulkId: newId('bk') },
    'bulks.resume': { bulkId: newId('bk') },
    'bulks.cancel': { bulkId: newId('bk') },
    'bulks.retry': { idempotencyKey, bulkId: newId('bk'), group: 'XX000 a' },
    'bulks.label': { target: { tenantIds: [tenantId] }, set: { a: 'b' }, remove: ['c'], expectCount: 1 },
    'fleet.overview': {},
    'fleet.series': { range: '1h' },
    'fleet.recentEvents': { limit: 10 },
    'fleet.attention': {},
    'findings.list': {
      ...paging,
      kinds: ['schema_missing'],
      states: ['open'],
      clusterId,
      tenantId,
    },
    'findings.get': { id: newId('fi') },
    'findings.clusters': {},
    'findings.check': { clusterId },
    'findings.ignore': { findingId: newId('fi'), ifVersion: 1, reason: 'known' },
    'findings.reopen': { findingId: newId('fi'), ifVersion: 1 },
    'findings.resolve': {
      idempotencyKey,
      findingId: newId('fi'),
      ifVersion: 1,
      reason: 'left over',
      confirmSubject: 't_left',
    },
    'audit.list': {
      ...paging,
      text: 'a',
      actions: ['quota.set'],
      outcomes: ['failed'],
      actorId: 'a',
      tenantId,
      targetId: 'a',
      operationId,
      requestId: 'a',
      from: time,
      to: time,
    },
    'audit.verify': {},
    'clusters.list': { detached: true },
    'clusters.get': { id: clusterId },
    'clusters.check': { adminUrl: nowhere, maxConcurrency: 4 },
    'clusters.add': {
      name: 'eu-9',
      adminUrl: nowhere,
      labels: { region: 'eu' },
      limits: { tenants: 10 },
      maxConcurrency: 4,
      cordoned: true,
    },
    'clusters.change': { clusterId, ifVersion: 1, name: 'eu-1', labels: {}, limits: {}, maxConcurrency: 4 },
    'clusters.cordon': { clusterId, ifVersion: 1, reason: 'disk is filling' },
    'clusters.uncordon': { clusterId, ifVersion: 1 },
    'clusters.drain': { idempotencyKey, clusterId, reason: 'to be switched off', expectCount: 1 },
    'clusters.detach': { clusterId, ifVersion: 1, reason: 'gone', confirmName: 'eu-1' },
    'placement.get': {},
    'placement.preview': { policy: { strategy: 'pinned', clusterId }, labels: { a: 'b' } },
    'placement.set': { policy: { strategy: 'least_full' }, ifSetAt: null },
    'clusters.adoptable': { clusterId },
    'templates.list': {},
    'templates.get': { slug: 'university' },
    'templates.publish': {
      idempotencyKey,
      slug: 'college',
      name: 'College',
      description: '',
      seed: '',
      migrations: [{ version: 1, name: 'a', sql: 'select 1' }],
    },
    'pool.list': {},
    'pool.set': { templateId, clusterId, size: 1 },
    'quotas.list': { tenantId },
    'quotas.standing': { tenantId },
    'quotas.over': {},
    'quotas.plans': {},
    'quotas.simulate': {
      planId: newId('pl'),
      limits: [{ resource: 'storage_bytes', limit: 1, graceSeconds: 60 }],
    },
    'quotas.setPlan': {
      planId: newId('pl'),
      ifVersion: 1,
      name: 'Campus',
      description: '',
      limits: [{ resource: 'relations', limit: 1, graceSeconds: 0 }],
    },
    'quotas.removePlan': { planId: newId('pl') },
    'quotas.assignPlan': { planId: newId('pl'), tenantIds: [tenantId] },
    'alerts.engine': {},
    'alerts.runbook': { key: 'no-worker' },
    'quotas.set': { tenantId, resource: 'relations', limit: 1 },
    'alerts.acknowledge': { incidentId: newId('in'), seconds: 600 },
    'alerts.release': { incidentId: newId('in') },
    'alerts.note': { incidentId: newId('in'), text: 'restarted it' },
    'rules.preview': { rule, hours: 24 },
    'rules.set': { ...rule, ruleId: newId('ar'), ifVersion: 1 },
    'rules.remove': { ruleId: newId('ar'), ifVersion: 1 },
    'silences.preview': { matchers },
    'silences.add': {
      idempotencyKey,
      kind: 'maintenance',
      matchers,
      startsAt: time,
      endsAt: '2026-11-23T10:00:00Z',
      comment: 'new disks',
    },
    'silences.end': { silenceId: newId('si'), ifVersion: 1 },
    'channels.list': {},
    'channels.set': {
      name: 'Mail',
      kind: 'email',
      config: { host: 'mail.example.org', port: 25, security: 'none', from: 'a@example.org', to: [] },
      secret: 'x',
      enabled: true,
    },
    'channels.remove': { channelId: newId('ch'), ifVersion: 1 },
    'channels.test': { channelId: newId('ch') },
    'channels.sources': {},
    'channels.addSource': { name: 'Prometheus', policyId: newId('ep') },
    'channels.removeSource': { sourceId: newId('so') },
    'notifications.list': { ...paging, channelId: newId('ch'), incidentId: newId('in'), states: ['failed'] },
    'notifications.get': { id: newId('no') },
    'notifications.replay': { notificationId: newId('no') },
    'schedules.list': {},
    'schedules.week': { id: newId('sc'), from: time, to: '2026-11-29T10:00:00Z' },
    'schedules.people': {},
    'schedules.set': {
      name: 'Primary',
      timeZone: 'Europe/Rome',
      layers: [{ name: 'Week', users: [], startsAt: '2026-01-05T09:00', turn: { every: 1, unit: 'week' } }],
    },
    'schedules.remove': { scheduleId: newId('sc'), ifVersion: 1 },
    'schedules.override': {
      scheduleId: newId('sc'),
      userId: newId('us'),
      startsAt: time,
      endsAt: '2026-11-23T10:00:00Z',
    },
    'policies.list': {},
    'policies.set': {
      name: 'Default',
      steps: [{ afterSeconds: 0, targets: [{ kind: 'channel', channelId: newId('ch') }] }],
      repeat: 0,
      isDefault: false,
    },
    'policies.remove': { policyId: newId('ep'), ifVersion: 1 },
    'usage.top': { by: 'bytes', clusterId, limit: 10 },
    'usage.tenant': { tenantId },
    'usage.series': { metric: 'tenant_bytes', tenantId, clusterId, range: '24h' },
    'usage.forecast': { tenantId },
    'usage.neighbours': {},
    'usage.clusters': {},
    'usage.export': {},
    'members.list': {},
    'members.add': { email: 'ana@tenantry.test', name: 'Ana', role: 'viewer' },
    'members.change': { userId: newId('us'), role: 'viewer', disabled: true },
    'settings.get': {},
    'settings.set': { key: 'environment', value: { name: 'x', production: true } },
  }
  return right
}

function inputsFor(right: Record<string, unknown>): fc.Arbitrary<unknown> {
  const keys = Object.keys(right)
  const keep = fc.subarray(keys).map((kept) => Object.fromEntries(kept.map((key) => [key, right[key]])))
  const key = fc.constantFrom(...keys, 'id', 'slug', 'anything')
  const wrong = fc.array(fc.tuple(key, values), { maxLength: 2 }).map(Object.fromEntries)
  return fc.oneof(
    { weight: 2, arbitrary: fc.tuple(wrong).map(([over]) => ({ ...right, ...over })) },
    { weight: 4, arbitrary: fc.tuple(keep, wrong).map(([kept, over]) => ({ ...kept, ...over })) },
    { weight: 1, arbitrary: values },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
interface Procedure {
  readonly _def: { readonly type: 'query' | 'mutation' }
}

describe('whatever is sent', () => {
  it.each(procedures)('%s answers or refuses with a reason, and never breaks', async (path, { _def }) => {
    const known = right[path]
    if (!known) throw new Error(`say above what ${path} takes`)
    const cookie = await api.newCookie('admin')
    await fc.assert(
      fc.asyncProperty(inputsFor(known), async (input) => {
        const reply = await (_def.type === 'query' ? api.ask : api.tell)(path, input, { cookie })
        const refusal = reply.body?.error?.data.tenantry
        if (reply.status === 200) return
        expect(refusal, reply.text).toBeDefined()
        expect(reply.status, `${reply.text} ${api.logged.at(-2)}`).toBeLessThan(500)
        expect(reply.text).not.toMatch(/\bat .*\.ts:\d+|node_modules|"stack"/)
        expect(refusal.message.length).toBeGreaterThan(0)
      }),
      { numRuns: 40 },
    )
  })

  it.each(procedures)(
    '%s refuses text that PostgreSQL cannot keep, in every field',
    async (path, { _def }) => {
      const known = right[path] ?? {}
      const cookie = await api.newCookie('admin')
      for (const [field, value] of Object.entries(known)) {
        if (typeof value !== 'string') continue
        for (const bad of [`${value}\0`, `${value}\ud800`]) {
          const send = _def.type === 'query' ? api.ask : api.tell
          const reply = await send(path, { ...known, cursor: undefined, [field]: bad }, { cookie })
          expect(reply.status, `${field}: ${reply.text}`).toBe(400)
        }
      }
    },
  )

  it('breaks no chain of the audit log', async () => {
    expect((await api.ask('audit.verify', undefined, { as: 'admin' })).body.result.data).toMatchObject({
      intact: true,
    })
  })
})
