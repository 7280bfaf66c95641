import { type ErrorCode, poolWorkAtOnce } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { cluster, migration, template, templateVersion } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  beginUndo,
  cancelOperation,
  claimOperation,
  ensureSystemUser,
  failOperation,
  prepareQueues,
  provisionTenant,
  refillPool,
  retryOperation,
  runVerb,
  setPool,
  succeedOperation,
} from '../index.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
let templateId: string
let count = 0
beforeAll(async () => {
  test = await createTestCore()
  await ensureSystemUser(test.core.db)
})
afterAll(() => test.close())

const rows = async (query: string, values: unknown[] = []) =>
  (await test.control.pool.query(query, values)).rows
const one = async (query: string, values: unknown[] = []) => (await rows(query, values))[0]
const publish = async (version: number, state: 'ready' | 'building' = 'ready') => {
  await test.core.db
    .insert(migration)
    .values({ templateId, version, name: `m${version}`, sql: 'select 1', checksum: '' })
  await test.core.db.insert(templateVersion).values({
    templateId,
    version,
    state,
    ...(state === 'ready'
      ? {
          snapshot: '',
          placeholders: { schema: 's', owner: 'o', writer: 'w', app: 'a' },
          fingerprint: `f${version}`,
        }
      : {}),
  })
}
/** Each test has a template of its own, at version 1. */
beforeEach(async () => {
  templateId = newId('tp')
  await test.core.db
    .insert(template)
    .values({ id: templateId, slug: `kind-${++count}`, name: `Kind ${count}` })
  await publish(1)
})

/** What one test has left behind takes the room of no other. */
afterEach(async () => {
  await rows('delete from control.pool_policy')
  await build('%')
  for (let left = true; left; ) {
    left = (await refillPool(test.core)).left > 0
    for (const { id, spare_id } of await asked('spare.drop', '%')) {
      await end(id, `update control.spare set state = 'dropped' where id = '${spare_id}'`)
      left = true
    }
  }
})

const keep = (size: number | null, clusterId: string | null = null) =>
  runVerb(test.core, test.ana, setPool, { templateId, clusterId, size })
const refused = (code: ErrorCode) => expect.objectContaining({ name: 'TenantryError', code })
/** The pool of the test's template on its cluster. */
const here = () =>
  one(
    `select wanted, own_size as "ownSize", common_size as "commonSize", building, ready, stale, "left", failed
     from control.pool_state() where template_id = $1 and cluster_id = $2`,
    [templateId, test.ids.cluster],
  )
/** What the pool has asked for and nobody has begun. */
const asked = (kind: string, of = templateId) =>
  rows(
    `select id, spare_id, priority from control.operation
     where kind = $1 and template_id like $2 and finished_at is null order by id`,
    [kind, of],
  )
/** Plays the worker: the operation ends, well or with an error, and this comes of it. */
async function end(id: string, effect: string, code?: string) {
  const claimed = await claimOperation(test.core, id, 'w', 10_000)
  if (!claimed) throw new Error('not claimed')
  const work = async (tx: Database) => void (await tx.execute(effect))
  if (!code) return succeedOperation(test.core, claimed, {}, work)
  const error = { code, message: 'broken', class: 'permanent', attempt: 1, undone: true } as const
  await beginUndo(test.core, claimed, error, async () => {})
  await failOperation(test.core, claimed, error, work)
}
async function build(of?: string) {
  for (const { id, spare_id } of await asked('spare.build', of)) {
    await end(
      id,
      `update control.spare set state = 'ready', fingerprint = 'f' || template_version, ready_at = clock_timestamp()
       where id = '${spare_id}'`,
    )
  }
}
async function spoil() {
  for (const { id, spare_id } of await asked('spare.build')) {
    await end(id, `update control.spare set state = 'left' where id = '${spare_id}'`, '42601')
  }
}
async function fill(size: number) {
  await keep(size)
  for (let i = 0; i < size; i++) {
    await refillPool(test.core)
    await build()
  }
  expect(await here()).toMatchObject({ ready: size })
}
const signUp = (wish: { fromPool?: boolean; clusterId?: string; slug?: string } = {}) => {
  const slug = wish.slug ?? `college-${++count}`
  return runVerb(test.core, test.ana, provisionTenant, {
    idempotencyKey: `sign-up-${slug}`,
    slug,
    displayName: slug,
    templateId,
    labels: {},
    notes: '',
    fromPool: true,
    clusterId: test.ids.cluster,
    ...wish,
  })
}
const operationOf = (id: string) =>
  one('select kind, input, priority from control.operation where id = $1', [id])

describe('the size of a pool', () => {
  it('is none unless somebody sets it', async () => {
    expect(await here()).toMatchObject({ wanted: 0, ownSize: null, ready: 0 })
    expect(await refillPool(test.core)).toMatchObject({ builds: 0, drops: 0 })
  })

  it('is common to all clusters, but for those that have their own', async () => {
    await keep(3)
    expect(await here()).toMatchObject({ wanted: 3, ownSize: null })
    await keep(1, test.ids.cluster)
    expect(await here()).toMatchObject({ wanted: 1, ownSize: 1, commonSize: 3 })
    await keep(null, test.ids.cluster)
    expect(await here()).toMatchObject({ wanted: 3, ownSize: null })
  })

  it('leaves an audit row with what it was before, and an event', async () => {
    await keep(3)
    await keep(5)
    expect(
      await rows(
        `select before, after from control.audit where action = 'pool.set' and target_id = $1 order by seq`,
        [templateId],
      ),
    ).toEqual([
      { before: { clusterId: null, size: null }, after: { clusterId: null, size: 3 } },
      { before: { clusterId: null, size: 3 }, after: { clusterId: null, size: 5 } },
    ])
    expect(
      await rows(
        `select patch ->> 'size' as size from control.event_outbox where kind = 'pool.changed' and entity_id = $1 order by id`,
        [`${templateId}/all`],
      ),
    ).toEqual([{ size: '3' }, { size: '5' }])
  })

  it('is one, however many set it at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, size) => keep(size)))
    expect(
      await rows('select size from control.pool_policy where template_id = $1', [templateId]),
    ).toHaveLength(1)
  })

  it('is refused for what is not there', async () => {
    const unknown = { templateId: newId('tp'), clusterId: null, size: 1 }
    await expect(runVerb(test.core, test.ana, setPool, unknown)).rejects.toEqual(refused('not_found'))
    await expect(keep(1, newId('cl'))).rejects.toEqual(refused('not_found'))
  })
})

describe('the refill', () => {
  it('asks for what is missing, behind all that people ask for, and not twice', async () => {
    await keep(2)
    expect(await refillPool(test.core)).toMatchObject({ builds: 2 })
    expect(await refillPool(test.core)).toMatchObject({ builds: 0 })
    const builds = await asked('spare.build')
    expect(builds.map(({ priority }) => priority)).toEqual([35, 35])
    expect(await here()).toMatchObject({ wanted: 2, building: 2, ready: 0 })
    expect(
      await rows(`select outcome from control.audit where operation_id = any($1)`, [
        builds.map(({ id }) => id),
      ]),
    ).toEqual([{ outcome: 'requested' }, { outcome: 'requested' }])
    await build()
    expect(await here()).toMatchObject({ building: 0, ready: 2 })
    expect(await refillPool(test.core)).toMatchObject({ builds: 0, drops: 0, left: 0 })
  })

  it('has no more in hand at once than half of what the cluster works on', async () => {
    await keep(20)
    await refillPool(test.core)
    await refillPool(test.core)
    expect(await asked('spare.build')).toHaveLength(poolWorkAtOnce(4))
    await keep(0)
    await build()
  })

  it('makes one of it when several processes do it at once', async () => {
    await keep(2)
    await Promise.all(Array.from({ length: 8 }, () => refillPool(test.core)))
    expect(await asked('spare.build')).toHaveLength(2)
    await build()
  })

  it('gives up what is too much, and has it dropped', async () => {
    await fill(2)
    await keep(1)
    expect(await refillPool(test.core)).toMatchObject({ left: 1, drops: 1 })
    expect(await here()).toMatchObject({ wanted: 1, ready: 1, left: 1 })
    expect(await refillPool(test.core)).toMatchObject({ left: 0, drops: 0 })
    expect(await asked('spare.drop')).toHaveLength(1)
  })

  it('rebuilds what is stale as soon as the template moves on', async () => {
    await fill(2)
    await publish(2)
    expect(await here()).toMatchObject({ ready: 0, stale: 2 })
    expect(await refillPool(test.core)).toMatchObject({ left: 2, builds: 2, drops: 2 })
    await build()
    expect(await here()).toMatchObject({ ready: 2, stale: 2 })
    expect(
      await rows(
        `select distinct template_version from control.spare where template_id = $1 and state = 'ready'`,
        [templateId],
      ),
    ).toEqual([{ template_version: 2 }])
  })

  it('builds nothing on a cluster that is cordoned or does not answer, and keeps what is there', async () => {
    await fill(1)
    await keep(2)
    for (const change of [{ state: 'cordoned' as const }, { reachable: false }]) {
      await test.core.db.update(cluster).set(change)
      expect(await refillPool(test.core), JSON.stringify(change)).toMatchObject({ builds: 0, left: 0 })
      await test.core.db.update(cluster).set({ state: 'active', reachable: true })
    }
    expect(await here()).toMatchObject({ ready: 1 })
    expect(await refillPool(test.core)).toMatchObject({ builds: 1 })
    await build()
  })

  it('waits after a build that failed, longer each time, and says why and until when', async () => {
    await keep(2)
    await refillPool(test.core)
    await spoil()
    expect(await refillPool(test.core)).toMatchObject({ builds: 0 })
    expect(await here()).toMatchObject({ failed: 2, left: 2 })

    await rows(
      `update control.spare set created_at = created_at - interval '1 minute' where template_id = $1`,
      [templateId],
    )
    // One alone shows whether it is mended.
    expect(await refillPool(test.core)).toMatchObject({ builds: 1 })
    await spoil()
    const nextIn = async () =>
      (
        await one(
          `select extract(epoch from build_not_before - clock_timestamp())::float as s from control.pool_state()
           where template_id = $1`,
          [templateId],
        )
      ).s
    expect(await nextIn()).toBeGreaterThan(5)
    await rows(
      `update control.spare set created_at = created_at - interval '1 minute' where template_id = $1`,
      [templateId],
    )
    await refillPool(test.core)
    await build()
    expect(await here()).toMatchObject({ ready: 1, failed: 0 })
    expect(await refillPool(test.core)).toMatchObject({ builds: 1 })
    await build()
  })

  it('tries a drop that failed again, but not at once', async () => {
    await fill(1)
    await keep(0)
    await refillPool(test.core)
    const [drop] = await asked('spare.drop')
    await end(drop.id, 'select 1', '55P03')
    expect(await refillPool(test.core)).toMatchObject({ drops: 0 })
    await rows(`update control.operation set finished_at = finished_at - interval '1 minute' where id = $1`, [
      drop.id,
    ])
    expect(await refillPool(test.core)).toMatchObject({ drops: 1 })
  })

  it('lets a build that was cancelled before it began be dropped and made anew', async () => {
    await keep(1)
    await refillPool(test.core)
    const [first] = await asked('spare.build')
    await runVerb(test.core, test.ana, cancelOperation, { operationId: first.id })
    expect(await here()).toMatchObject({ building: 0, left: 1 })
    await expect(
      runVerb(test.core, test.ana, retryOperation, {
        operationId: first.id,
        idempotencyKey: 'retry a build',
      }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })

  it('waits for the end of a burst of sign-ups while half of the pool is still ready', async () => {
    await fill(4)
    await signUp()
    expect(await refillPool(test.core)).toMatchObject({ builds: 0, heldBack: true })
    await signUp()
    await signUp()
    expect(await refillPool(test.core)).toMatchObject({ builds: 2, heldBack: false })
    await build()
  })
})

describe('a sign-up', () => {
  it('takes a ready spare: its id, its fence and its fingerprint become the tenant’s', async () => {
    await fill(1)
    const spare = await one(`select id, fence, schema_name from control.spare where template_id = $1`, [
      templateId,
    ])
    const { operationId, tenantId } = await signUp({ slug: 'north-field' })
    expect(tenantId).toBe(spare.id)
    expect(await operationOf(operationId)).toEqual({
      kind: 'tenant.claim',
      priority: 8,
      input: expect.objectContaining({ pooled: true, spareSchema: spare.schema_name, templateVersion: 1 }),
    })
    expect(
      await one('select state, fence, fingerprint, schema_name from control.tenant where id = $1', [
        tenantId,
      ]),
    ).toEqual({ state: 'provisioning', fence: spare.fence, fingerprint: 'f1', schema_name: 't_north_field' })
    expect(await one('select state from control.spare where id = $1', [tenantId])).toEqual({ state: 'taken' })
    expect(await here()).toMatchObject({ ready: 0 })
  })

  it('is built when no spare is ready, and says that there was to be one', async () => {
    await keep(1)
    const { operationId } = await signUp()
    expect(await operationOf(operationId)).toMatchObject({
      kind: 'tenant.provision',
      input: { pooled: false },
    })
  })

  it('is built when it is wished, and leaves the pool alone', async () => {
    await fill(1)
    const { operationId } = await signUp({ fromPool: false })
    const { kind, input } = await operationOf(operationId)
    expect(kind).toBe('tenant.provision')
    expect(input).not.toHaveProperty('pooled')
    expect(await here()).toMatchObject({ ready: 1 })
  })

  it('takes none of an older version, of another template or of another cluster', async () => {
    await fill(1)
    const other = newId('cl')
    await prepareQueues(test.control.url, [other])
    await test.core.db
      .insert(cluster)
      .values({ id: other, name: `other-${count}`, adminUrl: '', workerUrl: '' })
    const elsewhere = await signUp({ clusterId: other })
    expect((await operationOf(elsewhere.operationId)).kind).toBe('tenant.provision')
    await publish(2)
    const stale = await signUp()
    expect(await operationOf(stale.operationId)).toMatchObject({
      kind: 'tenant.provision',
      input: { templateVersion: 2 },
    })
    expect(await one(`select state from control.spare where template_id = $1`, [templateId])).toEqual({
      state: 'ready',
    })
    await test.core.db.update(cluster).set({ state: 'detached' }).where(eq(cluster.id, other))
  })

  it('gives twenty at once twenty different tenants, and each spare to one of them', async () => {
    await fill(6)
    const all = await Promise.all(Array.from({ length: 20 }, () => signUp()))
    expect(new Set(all.map(({ tenantId }) => tenantId)).size).toBe(20)
    const kinds = await Promise.all(all.map(async ({ operationId }) => (await operationOf(operationId)).kind))
    expect(kinds.filter((kind) => kind === 'tenant.claim')).toHaveLength(6)
    expect(await here()).toMatchObject({ ready: 0 })
  })

  it('gives the spare back when it is refused', async () => {
    await fill(1)
    const { slug } = { slug: `taken-${count}` }
    await signUp({ slug, fromPool: false })
    await expect(
      runVerb(test.core, test.ana, provisionTenant, {
        idempotencyKey: 'another key',
        slug,
        displayName: slug,
        templateId,
        labels: {},
        notes: '',
        fromPool: true,
      }),
    ).rejects.toEqual(refused('slug_taken'))
    expect(await here()).toMatchObject({ ready: 1 })
  })

  it('that failed is built anew by a retry; one that never began still takes its spare', async () => {
    await fill(1)
    const first = await signUp()
    await runVerb(test.core, test.ana, cancelOperation, { operationId: first.operationId })
    const retry = (operationId: string) =>
      runVerb(test.core, test.ana, retryOperation, { operationId, idempotencyKey: `retry-${operationId}` })
    const second = await retry(first.operationId)
    expect((await operationOf(second.operationId)).kind).toBe('tenant.claim')

    await end(
      second.operationId,
      `update control.tenant set state = 'failed' where id = '${first.tenantId}'`,
      'TN020',
    )
    const third = await retry(second.operationId)
    expect(await operationOf(third.operationId)).toMatchObject({ kind: 'tenant.provision', priority: 10 })
    expect(third.tenantId).toBe(first.tenantId)
  })
})
