import type { ErrorCode } from '@tenantry/contracts'
import { bulkPermission } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Actor,
  cancelBulk,
  checkImport,
  feedBulk,
  feedBulks,
  importTenants,
  labelTenants,
  pauseBulk,
  previewBulk,
  resumeBulk,
  retryBulk,
  runVerb,
  startBulk,
  suspendTenant,
} from '../index.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { childPermission } from './request-child.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

let count = 0
const rows = async (query: string) => (await test.control.pool.query(query)).rows
const refused = (code: ErrorCode, words = '') =>
  expect.objectContaining({ name: 'TenantryError', code, message: expect.stringContaining(words) })

/** Tenants in a state, under a label of their own. @returns the label and their ids, sorted */
async function herd(size: number, state: 'active' | 'suspended' | 'archived' | 'failed' = 'active') {
  const label = `herd${++count}`
  const ids = Array.from({ length: size }, () => newId('tn'))
  await test.core.db.insert(tenant).values(
    ids.map((id, i) => ({
      id,
      slug: `${label}-${i}`,
      displayName: `${label} ${i}`,
      labels: { herd: label },
      clusterId: test.ids.cluster,
      placementReason: '',
      schemaName: `t_${label}_${i}`,
      templateId: test.ids.template,
      templateVersion: 1,
      ownerId: test.ids.user,
      fingerprint: 'f',
      archivedAt: new Date(),
      keptUntil: new Date(Date.now() + 1e9),
    })),
  )
  const path = {
    active: ['active'],
    suspended: ['active', 'suspended'],
    archived: ['active', 'archived'],
    failed: ['failed'],
  }
  for (const next of path[state])
    await rows(`update control.tenant set state = '${next}' where labels->>'herd' = '${label}'`)
  return { label, ids: ids.toSorted(), target: { filter: { labels: { herd: label } } } }
}
const wish = (target: object, change: object = {}) => ({
  idempotencyKey: `key-${++count}-bulk`,
  kind: 'tenant.suspend' as const,
  reason: 'unpaid',
  keepDays: 7,
  beforeWindowEnds: false,
  target,
  ...change,
})
const start = (target: object, change: object = {}, actor: Actor = test.ana) =>
  runVerb(test.core, actor, startBulk, startBulk.input.parse(wish(target, change)))
const row = (slug: string, change: object = {}) => ({ slug, template: 'university', ...change })
const importRows = (list: object[], change: object = {}, actor: Actor = test.ana) =>
  runVerb(
    test.core,
    actor,
    importTenants,
    importTenants.input.parse({
      idempotencyKey: `key-${++count}-import`,
      rows: list,
      reason: 'moved in',
      acknowledgeWrong: 0,
      ...change,
    }),
  )
const itemsOf = (bulkId: string) =>
  rows(`select ordinal, state, tenant_id, operation_id, tries, refusal->>'code' as code, refusal->>'message' as message
    from control.bulk_item where bulk_id = '${bulkId}' order by ordinal`)
const childrenOf = (bulkId: string) =>
  rows(`select id, kind, state, tenant_id, priority, idempotency_key, requested_by from control.operation
    where bulk_id = '${bulkId}' order by id`)
const bulkOf = async (bulkId: string) =>
  (
    await rows(
      `select state, total, pause_reason, outcome, finished_at from control.bulk where id = '${bulkId}'`,
    )
  )[0]
const auditOf = (bulkId: string) =>
  rows(`select action, outcome from control.audit where target_id = '${bulkId}' order by at`)
/** As a worker would, with a stroke of the pen. */
const endChildren = (bulkId: string, state: 'succeeded' | 'failed' = 'succeeded', where = 'true') =>
  rows(`with ended as (
      update control.operation set state = 'running', worker_id = 'w', lease_until = now() where bulk_id = '${bulkId}'
        and state = 'queued' and ${where} returning id)
    select * from ended`).then(() =>
    rows(`update control.operation set state = '${state === 'failed' ? 'undoing' : 'succeeded'}',
        worker_id = ${state === 'failed' ? "'w'" : 'null'}, lease_until = ${state === 'failed' ? 'now()' : 'null'},
        finished_at = ${state === 'failed' ? 'null' : 'now()'} where bulk_id = '${bulkId}' and state = 'running'`).then(
      () =>
        rows(`update control.operation set state = 'failed', worker_id = null, lease_until = null, finished_at = now(),
          error = '{"code":"XX000","message":"boom","group":"XX000 boom"}' where bulk_id = '${bulkId}' and state = 'undoing'`),
    ),
  )
const drain = async (bulkId: string) => {
  while (await feedBulk(test.core, bulkId)) {}
}

describe('starting a bulk', () => {
  it('chooses the tenants of a filter once, leaves out those in another state, and audits the request', async () => {
    const { ids, target, label } = await herd(3)
    await rows(`update control.tenant set state = 'suspended' where slug = '${label}-0'`)
    const { bulkId, total } = await start(target)
    expect(total).toBe(2)
    const items = await itemsOf(bulkId)
    expect(items.map((item) => item.state)).toEqual(['pending', 'pending'])
    expect(ids).toEqual(expect.arrayContaining(items.map((item) => item.tenant_id)))
    expect(await auditOf(bulkId)).toEqual([{ action: 'bulk.start', outcome: 'requested' }])
  })

  it('returns the same bulk to the same request, and refuses the key of another', async () => {
    const { target } = await herd(1)
    const idempotencyKey = 'the very same'
    const first = await start(target, { idempotencyKey })
    expect(await start(target, { idempotencyKey })).toEqual({ ...first, repeated: true })
    await expect(start(target, { idempotencyKey, reason: 'another' })).rejects.toEqual(
      refused('idempotency_mismatch'),
    )
  })

  it('refuses a filter that matches nothing, and one whose tenants are all in another state', async () => {
    const { target } = await herd(2, 'suspended')
    await expect(start({ filter: { labels: { herd: 'none' } } })).rejects.toEqual(
      refused('invalid_input', 'No tenant matches'),
    )
    await expect(start(target)).rejects.toEqual(refused('invalid_input', 'none is in a state'))
  })

  it('refuses a list with a tenant that does not exist, and names it', async () => {
    const { ids } = await herd(1)
    const nobody = newId('tn')
    await expect(start({ tenantIds: [...ids, nobody] })).rejects.toEqual(refused('not_found', nobody))
  })

  it('wants the count for more than 25 tenants, for every tenant and for severe kinds, and refuses a wrong one', async () => {
    const many = await herd(26)
    const one = await herd(1)
    await expect(start(many.target)).rejects.toMatchObject({ code: 'invalid_input', detail: { count: 26 } })
    await expect(start(many.target, { expectCount: 25 })).rejects.toMatchObject({
      code: 'version_conflict',
      detail: { count: 26 },
    })
    await expect(start({ filter: {} })).rejects.toEqual(
      refused('invalid_input', 'say that you know how many'),
    )
    await expect(start(one.target, { kind: 'tenant.archive' })).rejects.toEqual(refused('invalid_input'))
    expect((await start(one.target, { kind: 'tenant.archive', expectCount: 1 })).total).toBe(1)
    expect((await start(many.target, { expectCount: 26 })).total).toBe(26)
  })

  it('leaves archived tenants out of a purge while their window lasts, unless told otherwise', async () => {
    const { target } = await herd(2, 'archived')
    const purge = { kind: 'tenant.purge', expectCount: 2 }
    await expect(start(target, purge)).rejects.toEqual(refused('invalid_input', 'none is in a state'))
    expect((await start(target, { ...purge, beforeWindowEnds: true })).total).toBe(2)
  })

  it('needs the permission of the children too, and audits the refusal', async () => {
    const { target } = await herd(1)
    await expect(
      start(target, { kind: 'tenant.archive', expectCount: 1 }, test.as('operator')),
    ).rejects.toEqual(refused('forbidden', 'tenant.archive'))
    expect(
      await rows(`select from control.audit where action = 'bulk.start' and outcome = 'denied'`),
    ).toHaveLength(1)
  })

  it('asks for the permission that each child’s own verb asks for', () => {
    for (const [kind, permission] of Object.entries(bulkPermission)) {
      expect(childPermission(kind as keyof typeof bulkPermission)).toBe(permission)
    }
  })

  it('shows beforehand whom it would concern and who is left out, and why', async () => {
    const { target, label } = await herd(3)
    await rows(`update control.tenant set state = 'suspended' where slug = '${label}-0'`)
    expect(
      await previewBulk(test.core.db, { kind: 'tenant.suspend', target, beforeWindowEnds: false }),
    ).toEqual({
      matched: 3,
      count: 2,
      byState: [{ state: 'active', count: 2 }],
      byCluster: [{ clusterId: test.ids.cluster, name: 'eu-1', count: 2 }],
      leftOut: [
        {
          reason: 'Only active tenants are suspended; this one is suspended.',
          count: 1,
          examples: [`${label}-0`],
        },
      ],
      needsCount: false,
    })
  })
})

describe('feeding a bulk', () => {
  it('requests children up to the window, as its requester, behind whoever clicks on one tenant', async () => {
    const { target } = await herd(10)
    const { bulkId } = await start(target, { window: 4 })
    await drain(bulkId)
    const children = await childrenOf(bulkId)
    expect(children).toHaveLength(4)
    expect(children[0]).toMatchObject({
      kind: 'tenant.suspend',
      state: 'queued',
      priority: 55,
      idempotency_key: `${bulkId}/1`,
      requested_by: test.ids.user,
    })
    expect(
      await rows(
        `select action, outcome, actor_name from control.audit where operation_id = '${children[0].id}'`,
      ),
    ).toEqual([{ action: 'tenant.suspend', outcome: 'requested', actor_name: 'Ana' }])
  })

  it('goes on when half of the window is free, and ends once, with its count, after the last child', async () => {
    const { target } = await herd(5)
    const { bulkId } = await start(target, { window: 4 })
    await drain(bulkId)
    const [first] = await childrenOf(bulkId)
    await endChildren(bulkId, 'succeeded', `id = '${first.id}'`)
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toHaveLength(4)
    await endChildren(bulkId)
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toHaveLength(5)
    expect(await bulkOf(bulkId)).toMatchObject({ state: 'running', outcome: null })
    await endChildren(bulkId)
    await drain(bulkId)
    await drain(bulkId)
    expect(await bulkOf(bulkId)).toMatchObject({ state: 'finished', outcome: { succeeded: 5, failed: 0 } })
    expect(await auditOf(bulkId)).toEqual([
      { action: 'bulk.start', outcome: 'requested' },
      { action: 'bulk.start', outcome: 'succeeded' },
    ])
  })

  it('requests nothing twice and loses nothing when it is broken off in the middle', async () => {
    const { target } = await herd(6)
    const { bulkId } = await start(target)
    let left = 3
    const dies = async () => {
      if (--left === 0) throw new Error('killed')
    }
    await expect(feedBulk(test.core, bulkId, dies)).rejects.toThrow('killed')
    expect(await childrenOf(bulkId)).toEqual([])
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toHaveLength(6)
    expect(new Set((await itemsOf(bulkId)).map((item) => item.operation_id)).size).toBe(6)
  })

  it('requests nothing twice when several workers feed at once', async () => {
    const { target } = await herd(40)
    const { bulkId } = await start(target, { expectCount: 40, window: 100 })
    const duties = Array.from({ length: 4 }, () => feedBulks(test.core))
    while ((await Promise.all(duties.map((duty) => duty.run()))).includes('again')) {}
    expect(await childrenOf(bulkId)).toHaveLength(40)
  })

  it('puts a busy tenant off and goes on with the others; when it is free, its turn comes', async () => {
    const { target, ids } = await herd(3)
    await runVerb(test.core, test.ana, suspendTenant, {
      idempotencyKey: 'somebody else',
      tenantId: ids[1] ?? '',
      reason: 'unpaid',
    })
    const { bulkId } = await start(target)
    await drain(bulkId)
    expect((await itemsOf(bulkId)).map(({ state, tries }) => [state, tries])).toEqual([
      ['requested', 0],
      ['pending', 1],
      ['requested', 0],
    ])
    await rows(
      `update control.operation set state = 'cancelled', finished_at = now() where tenant_id = '${ids[1]}'`,
    )
    await rows(`update control.bulk_item set due_at = now() where bulk_id = '${bulkId}'`)
    await drain(bulkId)
    expect((await itemsOf(bulkId)).map(({ state }) => state)).toEqual(['requested', 'requested', 'requested'])
  })

  it('refuses a tenant that stays busy, in the end', async () => {
    const { target, ids } = await herd(1)
    await runVerb(test.core, test.ana, suspendTenant, {
      idempotencyKey: `busy for ever ${ids[0]}`,
      tenantId: ids[0] ?? '',
      reason: 'unpaid',
    })
    const { bulkId } = await start(target)
    await rows(`update control.bulk_item set tries = 20 where bulk_id = '${bulkId}'`)
    await drain(bulkId)
    expect(await itemsOf(bulkId)).toMatchObject([{ state: 'refused', code: 'tenant_busy' }])
  })

  it('makes a refusal of a child the item’s own, and ends all the same', async () => {
    const { target, label } = await herd(2)
    const { bulkId } = await start(target)
    await rows(`update control.tenant set state = 'suspended' where slug = '${label}-0'`)
    await drain(bulkId)
    await endChildren(bulkId)
    await drain(bulkId)
    expect((await itemsOf(bulkId)).map(({ state, code }) => [state, code]).toSorted()).toEqual([
      ['refused', 'unlawful_transition'],
      ['requested', null],
    ])
    expect(await bulkOf(bulkId)).toMatchObject({ state: 'finished', outcome: { succeeded: 1, refused: 1 } })
  })

  it.each([
    ['is disabled', 'disabled_at = now()', 'has been disabled'],
    ['lost the permission', `role = 'viewer'`, 'no longer has the permission'],
  ])('pauses and says why when whoever started it %s', async (_, change, reason) => {
    const id = newId('us')
    await rows(
      `insert into control."user" (id, email, name, role) values ('${id}', '${id}@tenantry.test', 'Bo', 'admin')`,
    )
    const { target } = await herd(1)
    const { bulkId } = await start(target, {}, { ...test.ana, userId: id, name: 'Bo' })
    await rows(`update control."user" set ${change} where id = '${id}'`)
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toEqual([])
    expect(await bulkOf(bulkId)).toMatchObject({
      state: 'paused',
      pause_reason: expect.stringContaining(reason),
    })
    expect((await auditOf(bulkId)).at(-1)).toEqual({ action: 'bulk.pause', outcome: 'succeeded' })
  })

  it('pauses when no cluster takes tenants, and leaves every row to be done', async () => {
    const { bulkId } = await importRows([row('waits-here')])
    await rows(`update control.cluster set state = 'cordoned'`)
    try {
      await drain(bulkId)
    } finally {
      await rows(`update control.cluster set state = 'active'`)
    }
    expect(await bulkOf(bulkId)).toMatchObject({
      state: 'paused',
      pause_reason: expect.stringContaining('No cluster'),
    })
    expect(await itemsOf(bulkId)).toMatchObject([{ state: 'pending' }])
  })
})

describe('steering a bulk', () => {
  it('requests nothing while paused, and goes on when resumed', async () => {
    const { target } = await herd(2)
    const { bulkId } = await start(target)
    await runVerb(test.core, test.ana, pauseBulk, { bulkId })
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toEqual([])
    await expect(runVerb(test.core, test.ana, pauseBulk, { bulkId })).rejects.toEqual(
      refused('unlawful_transition'),
    )
    await runVerb(test.core, test.ana, resumeBulk, { bulkId })
    await drain(bulkId)
    expect(await childrenOf(bulkId)).toHaveLength(2)
    expect(await auditOf(bulkId)).toMatchObject([{}, { action: 'bulk.pause' }, {}, { action: 'bulk.resume' }])
  })

  it('cancels what is queued, skips what is pending, lets what runs end, then is over', async () => {
    const { target } = await herd(6)
    const { bulkId } = await start(target, { window: 4 })
    await drain(bulkId)
    const [first] = await childrenOf(bulkId)
    await rows(
      `update control.operation set state = 'running', worker_id = 'w', lease_until = now() where id = '${first.id}'`,
    )
    await runVerb(test.core, test.ana, cancelBulk, { bulkId })
    await drain(bulkId)
    expect(await bulkOf(bulkId)).toMatchObject({ state: 'cancelling' })
    expect(
      await rows(`select count(*)::int from control.audit where outcome = 'cancelled' and operation_id in
        (select id from control.operation where bulk_id = '${bulkId}')`),
    ).toEqual([{ count: 3 }])
    await rows(`update control.operation set state = 'succeeded', worker_id = null, lease_until = null, finished_at = now()
      where id = '${first.id}'`)
    await drain(bulkId)
    expect(await bulkOf(bulkId)).toMatchObject({
      state: 'cancelled',
      outcome: { succeeded: 1, cancelled: 3, skipped: 2 },
    })
    expect((await auditOf(bulkId)).at(-1)).toEqual({ action: 'bulk.start', outcome: 'cancelled' })
  })

  it('retries in a new bulk what failed, and only that', async () => {
    const { target } = await herd(3)
    const { bulkId } = await start(target)
    await drain(bulkId)
    const [first] = await childrenOf(bulkId)
    await endChildren(bulkId, 'failed', `id = '${first.id}'`)
    await expect(
      runVerb(test.core, test.ana, retryBulk, { idempotencyKey: 'too early to retry', bulkId }),
    ).rejects.toEqual(refused('unlawful_transition', 'has ended'))
    await endChildren(bulkId)
    await drain(bulkId)
    const retried = await runVerb(test.core, test.ana, retryBulk, {
      idempotencyKey: 'once more please',
      bulkId,
    })
    expect(retried.total).toBe(1)
    await expect(
      runVerb(test.core, test.ana, retryBulk, { idempotencyKey: 'and once again', bulkId }),
    ).rejects.toEqual(refused('unlawful_transition', 'being retried'))
    await drain(retried.bulkId)
    expect(await rows(`select retry_of from control.operation where bulk_id = '${retried.bulkId}'`)).toEqual([
      { retry_of: first.id },
    ])
    await endChildren(retried.bulkId)
    await drain(retried.bulkId)
    expect(await auditOf(retried.bulkId)).toEqual([
      { action: 'bulk.retry', outcome: 'requested' },
      { action: 'bulk.retry', outcome: 'succeeded' },
    ])
    await expect(
      runVerb(test.core, test.ana, retryBulk, { idempotencyKey: 'nothing is left', bulkId }),
    ).rejects.toEqual(refused('unlawful_transition', 'Nothing of it is left'))
  })

  it('retries the failures of one group alone when told so', async () => {
    const { target, ids } = await herd(3)
    const { bulkId } = await start(target)
    await rows(`update control.tenant set state = 'suspended' where id = '${ids[2]}'`)
    await drain(bulkId)
    await endChildren(bulkId, 'failed', `tenant_id = '${ids[0]}'`)
    await endChildren(bulkId)
    await drain(bulkId)
    expect(await bulkOf(bulkId)).toMatchObject({ outcome: { failed: 1, refused: 1, succeeded: 1 } })
    const { total } = await runVerb(test.core, test.ana, retryBulk, {
      idempotencyKey: 'one group',
      bulkId,
      group: 'XX000 boom',
    })
    expect(total).toBe(1)
  })

  it('leaves rows that were wrong out: they are mended in their file', async () => {
    const { bulkId } = await importRows([row('right-row'), row('Wrong Row')], { acknowledgeWrong: 1 })
    await drain(bulkId)
    await endChildren(bulkId)
    await drain(bulkId)
    await expect(
      runVerb(test.core, test.ana, retryBulk, { idempotencyKey: 'wrong stays wrong', bulkId }),
    ).rejects.toEqual(refused('unlawful_transition', 'Nothing of it is left'))
  })
})

describe('importing tenants', () => {
  it('takes the good rows and keeps the wrong ones as refused items, by their numbers', async () => {
    const list = [
      row('import-one', { labels: 'plan=free', notes: 'n', cluster: 'eu-1' }),
      row('import-one'),
      row('Bad Slug'),
      row('import-two', { displayName: 'Two' }),
    ]
    const { bulkId, total } = await importRows(list, { acknowledgeWrong: 2 })
    expect(total).toBe(4)
    expect((await itemsOf(bulkId)).map(({ ordinal, state, message }) => [ordinal, state, message])).toEqual([
      [1, 'pending', null],
      [2, 'refused', 'slug: The same slug stands in row 1'],
      [3, 'refused', expect.stringContaining('slug: A slug starts with')],
      [4, 'pending', null],
    ])
    await drain(bulkId)
    expect(
      await rows(
        `select slug, display_name, labels, notes, state from control.tenant where slug like 'import-%' order by slug`,
      ),
    ).toEqual([
      {
        slug: 'import-one',
        display_name: 'import-one',
        labels: { plan: 'free' },
        notes: 'n',
        state: 'provisioning',
      },
      { slug: 'import-two', display_name: 'Two', labels: {}, notes: '', state: 'provisioning' },
    ])
    expect(await itemsOf(bulkId)).toMatchObject([{ tenant_id: expect.any(String) }, {}, {}, {}])
  })

  it('says of each row what is wrong in which column, by the registry too', async () => {
    const { label } = await herd(1)
    await rows(
      `insert into control.template (id, slug, name) values ('${newId('tp')}', 'unbuilt', 'Unbuilt')`,
    )
    const checked = await checkImport(
      test.core.db,
      importTenants.input.shape.rows.parse([
        row(`${label}-0`),
        row('fresh-one', { template: 'nothing' }),
        row('fresh-two', { cluster: 'mars' }),
        row('fresh-three', { template: 'unbuilt' }),
        row('fresh-four'),
      ]),
      '',
    )
    expect(checked.good.map((good) => good.slug)).toEqual(['fresh-four'])
    expect(checked.wrongRows).toBe(4)
    expect(checked.faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [1, 'slug', 'slug_taken'],
      [2, 'template', 'not_found'],
      [3, 'cluster', 'not_found'],
      [4, 'template', 'template_not_ready'],
    ])
  })

  it('refuses a file of which no row is good, and a wrong number of wrong rows', async () => {
    await expect(importRows([row('Bad Slug')], { acknowledgeWrong: 1 })).rejects.toEqual(
      refused('invalid_input', 'row 1, column slug'),
    )
    await expect(importRows([row('good-row'), row('Bad Slug')])).rejects.toMatchObject({
      code: 'version_conflict',
      detail: { count: 1, field: 'acknowledgeWrong' },
    })
    expect(await rows(`select from control.tenant where slug = 'good-row'`)).toEqual([])
  })

  it('takes 10,000 rows of which 3 are wrong', async () => {
    const list = Array.from({ length: 10_000 }, (_, i) => row(i % 4000 === 7 ? `Wrong ${i}` : `mass-${i}`))
    const { bulkId, total } = await importRows(list, { acknowledgeWrong: 3, expectCount: 9997 })
    expect(total).toBe(10_000)
    expect(
      await rows(
        `select state, count(*)::int from control.bulk_item where bulk_id = '${bulkId}' group by 1 order by 1`,
      ),
    ).toEqual([
      { state: 'pending', count: 9997 },
      { state: 'refused', count: 3 },
    ])
    await runVerb(test.core, test.ana, cancelBulk, { bulkId })
  })
})

describe('labelling many', () => {
  it('sets and removes labels of all that match, with an audit row for each that changed', async () => {
    const { target, ids, label } = await herd(3)
    await rows(`update control.tenant set labels = labels || '{"plan":"gold"}' where slug = '${label}-0'`)
    const change = labelTenants.input.parse({ target, set: { plan: 'gold' }, remove: ['region'] })
    expect(await runVerb(test.core, test.ana, labelTenants, change)).toEqual({ changed: 2, unchanged: 1 })
    expect(
      await rows(`select distinct labels from control.tenant where labels->>'herd' = '${label}'`),
    ).toEqual([{ labels: { herd: label, plan: 'gold' } }])
    expect(
      await rows(
        `select from control.audit where action = 'tenant.annotate' and target_id = any('{${ids}}')`,
      ),
    ).toHaveLength(2)
  })

  it('changes nobody when one would have too many labels', async () => {
    const { target, label } = await herd(2)
    const full = Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`k${i}`, '']))
    await rows(
      `update control.tenant set labels = labels || '${JSON.stringify(full)}' where slug = '${label}-1'`,
    )
    const change = labelTenants.input.parse({ target, set: { plan: 'gold' } })
    await expect(runVerb(test.core, test.ana, labelTenants, change)).rejects.toEqual(
      refused('invalid_input', `${label}-1 would have more than 20`),
    )
    expect(
      await rows(`select from control.tenant where labels ? 'plan' and labels->>'herd' = '${label}'`),
    ).toEqual([])
  })
})
