import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  archiveTenant,
  cancelOperation,
  cloneTenant,
  discardTenant,
  provisionTenant,
  retryOperation,
  rotateCredentials,
  runVerb,
  suspendTenant,
  systemActor,
} from '@tenantry/core'
import { asRole } from '@tenantry/db/cluster'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf } from './testing/content-of.ts'
import { type Fleet, startFleet } from './testing/start-fleet.ts'
import { walkSteps } from './testing/walk-steps.ts'
import { zooSeed, zooTemplate } from './testing/zoo-template.ts'

let fleet: Fleet
let zoo: string
/** Called at the worker's failpoints, as the test at hand wants. */
let atPoint: ((name: string) => void | Promise<void>) | undefined
beforeAll(async () => {
  fleet = await startFleet({ secondCluster: true })
  await fleet.work((name) => atPoint?.(name))
  zoo = await fleet.template(zooTemplate, zooSeed, 'zoo')
}, 60_000)
afterAll(() => fleet.close())

let count = 0
const key = () => `clone-key-${++count}`
const one = async (query: string) => (await fleet.rows(query))[0]
const operationOf = (id: string) =>
  one(`select state, attempt, error, result from control.operation where id = '${id}'`)
const tenantOf = (id: string) =>
  one(
    `select id, slug, state, schema_name, fingerprint, cluster_id, labels, notes from control.tenant where id = '${id}'`,
  )

async function newTenant(slug = `zoo-${++count}`, template = zoo) {
  const { operationId, tenantId } = await runVerb(fleet.core, systemActor, provisionTenant, {
    idempotencyKey: key(),
    slug,
    displayName: slug,
    fromPool: true,
    templateId: template,
    clusterId: fleet.clusterId,
    labels: { region: 'north' },
    notes: 'of the source',
  })
  expect(await fleet.ended(operationId)).toBe('succeeded')
  return tenantOf(tenantId ?? '')
}

const clone = (
  source: { id: string },
  wish: { slug?: string; withData?: boolean; clusterId?: string } = {},
) => {
  const slug = wish.slug ?? `clone-${++count}`
  return runVerb(fleet.core, systemActor, cloneTenant, {
    idempotencyKey: key(),
    sourceId: source.id,
    slug,
    displayName: slug,
    withData: wish.withData ?? true,
    clusterId: wish.clusterId ?? fleet.second.id,
  })
}
const cloned = async (source: { id: string }, wish: Parameters<typeof clone>[1] = {}) => {
  const { operationId, tenantId } = await clone(source, wish)
  const state = await fleet.ended(operationId)
  expect(state, JSON.stringify((await operationOf(operationId)).error)).toBe('succeeded')
  return { operationId, ...(await tenantOf(tenantId ?? '')) }
}
/** As the owner, by hand. */
const byHand = (schema: string, id: string, statements: string) =>
  fleet.cluster.pool.query(
    `begin; set local role ${id}; set local search_path = ${schema}; ${statements}; commit`,
  )
const ownersWithLogin = async () =>
  (
    await Promise.all(
      [fleet.cluster.pool, fleet.second.pool].map((pool) =>
        pool.query(`select name from tenantry.inventory() where kind = 'login'`),
      ),
    )
  ).flatMap(({ rows }) => rows)

describe('a clone with data', () => {
  it('is what its source is, object by object and row by row, on another cluster', async () => {
    const source = await newTenant()
    const copy = await cloned(source)
    expect(copy).toMatchObject({
      state: 'active',
      cluster_id: fleet.second.id,
      fingerprint: source.fingerprint,
      labels: { region: 'north' },
      notes: 'of the source',
    })
    const here = await contentOf(fleet.cluster.pool, source.schema_name)
    expect(await contentOf(fleet.second.pool, copy.schema_name)).toEqual(here)
    expect(here.keeper?.rows).toBe('50')
    const result = await one(
      `select result from control.operation_step where operation_id = '${copy.operationId}' and name = 'data' and state = 'done'`,
    )
    expect(result.result).toMatchObject({ tables: 10, rows: expect.any(Number) })
    expect(await ownersWithLogin()).toEqual([])
  })

  it('takes sequences, identities and materialised views along, and fires no trigger', async () => {
    const source = await newTenant()
    await byHand(source.schema_name, source.id, `select nextval('ticket')`)
    const { schema_name: copy } = await cloned(source)
    const ask = async (query: string) => (await fleet.second.pool.query(query)).rows[0]
    expect(await ask(`select nextval('${copy}.ticket')::int as n`)).toEqual({ n: 103 })
    expect(await ask(`insert into ${copy}.keeper (name) values ('new') returning id::int`)).toEqual({
      id: 51,
    })
    expect(await ask(`select animals::int from ${copy}.census`)).toEqual({ animals: 200 })
    expect(await ask(`select twice::int from ${copy}.census_of_census`)).toEqual({ twice: 400 })
    await expect(ask(`select * from ${copy}.unfilled`)).rejects.toThrow(/has not been populated/)
    expect(await ask(`select kin::text from ${copy}.animal limit 1`)).toEqual({ kin: `${copy}.animal` })
    expect(
      (
        await fleet.second.pool.query(
          `select tgname, tgenabled from pg_trigger where tgrelid = '${copy}.place'::regclass order by 1`,
        )
      ).rows.map(({ tgname, tgenabled }) => `${tgname} ${tgenabled}`),
    ).toEqual(['always A', 'emptied A', 'off D', 'ordinary O', 'replica R'])
  })

  it('is of one moment, while the product goes on writing', async () => {
    const source = await newTenant()
    const issued = await runVerb(fleet.core, systemActor, rotateCredentials, {
      idempotencyKey: key(),
      tenantId: source.id,
      overlapMinutes: 5,
    })
    await fleet.ended(issued.operationId)
    const { role } = (await operationOf(issued.operationId)).result
    const product = new pg.Client({
      connectionString: asRole(fleet.cluster.url, role, issued.password ?? ''),
    })
    await product.connect()
    let written = 0
    // Between two tables: whatever is copied later must not show what is written now.
    atPoint = async (name) => {
      if (name !== 'data.table') return
      written++
      await product.query('begin')
      await product.query(`insert into animal (keeper_id, tag) values (1, 'late ${written}')`)
      await product.query(`insert into scratch values ('late ${written}')`)
      await product.query(`insert into place values ('late ${written}')`)
      await product.query(`update keeper set name = 'late' where id = ${written}`)
      await product.query('commit')
    }
    const before = await contentOf(fleet.cluster.pool, source.schema_name)
    const copy = await cloned(source).finally(() => {
      atPoint = undefined
    })
    await product.end()
    expect(written).toBeGreaterThan(5)
    expect(await contentOf(fleet.second.pool, copy.schema_name)).toEqual(before)
  })

  it('carries a whole university, within one cluster too', async () => {
    const folder = path.join(import.meta.dirname, '../../../examples/university')
    const migrations = readdirSync(`${folder}/migrations`)
      .sort()
      .map((file, i) => ({
        version: i + 1,
        name: file,
        sql: readFileSync(`${folder}/migrations/${file}`, 'utf8'),
      }))
    const university = await fleet.template(
      migrations,
      readFileSync(`${folder}/seed.sql`, 'utf8'),
      'university',
    )
    const source = await newTenant('alma', university)
    const copy = await cloned(source, { clusterId: fleet.clusterId })
    expect(copy.fingerprint).toBe(source.fingerprint)
    expect(await contentOf(fleet.cluster.pool, copy.schema_name)).toEqual(
      await contentOf(fleet.cluster.pool, source.schema_name),
    )
  }, 60_000)

  it('has what the source’s owner made beyond the template', async () => {
    const source = await newTenant()
    await byHand(
      source.schema_name,
      source.id,
      `alter table animal add column nick text default '${source.schema_name}.x';
       create table extra (id int primary key references file, at timestamptz default now());
       insert into extra values (1);
       grant select (id) on extra to ${source.id}_w`,
    )
    const { rows } = await fleet.cluster.pool.query('select tenantry.fingerprint($1) as is', [
      source.schema_name,
    ])
    const copy = await cloned(source)
    expect(copy.fingerprint).not.toBe(source.fingerprint)
    expect(copy.fingerprint).toBe(rows[0].is)
    expect((await contentOf(fleet.second.pool, copy.schema_name)).extra?.rows).toBe('1')
  })

  it('of a suspended tenant is open', async () => {
    const source = await newTenant()
    const { operationId } = await runVerb(fleet.core, systemActor, suspendTenant, {
      idempotencyKey: key(),
      tenantId: source.id,
      reason: 'unpaid',
    })
    await fleet.ended(operationId)
    const copy = await cloned(source)
    expect(copy).toMatchObject({ state: 'active', fingerprint: source.fingerprint })
    const { rows } = await fleet.second.pool.query('select may_use from tenantry.tenant_access($1)', [
      copy.id,
    ])
    expect(rows).toEqual([{ may_use: true }])
    expect(await tenantOf(source.id)).toMatchObject({ state: 'suspended' })
  })
})

describe('a clone of the structure alone', () => {
  it('has no row, not even those that the template was born with', async () => {
    const source = await newTenant()
    const copy = await cloned(source, { withData: false })
    expect(copy.fingerprint).toBe(source.fingerprint)
    const rows = Object.values(await contentOf(fleet.second.pool, copy.schema_name)).map(
      (table) => table.rows,
    )
    expect(new Set(rows)).toEqual(new Set(['0']))
    const ask = async (query: string) => (await fleet.second.pool.query(query)).rows[0]
    expect(await ask(`select nextval('${copy.schema_name}.ticket')::int as n`)).toEqual({ n: 100 })
    expect(await ask(`select animals::int from ${copy.schema_name}.census`)).toEqual({ animals: 0 })
  })
})

describe('a clone is refused', () => {
  it('onto a slug that is taken, of an archived tenant, and while the source is at work', async () => {
    const source = await newTenant()
    await expect(clone(source, { slug: source.slug })).rejects.toMatchObject({ code: 'slug_taken' })
    const gate = Promise.withResolvers<void>()
    atPoint = (name) => (name === 'data.locked' ? gate.promise : undefined)
    const first = await clone(source)
    await expect(clone(source)).rejects.toMatchObject({
      code: 'tenant_busy',
      detail: { operationId: first.operationId },
    })
    gate.resolve()
    atPoint = undefined
    expect(await fleet.ended(first.operationId)).toBe('succeeded')
    const { operationId } = await runVerb(fleet.core, systemActor, archiveTenant, {
      idempotencyKey: key(),
      tenantId: source.id,
      reason: 'over',
      confirmSlug: source.slug,
      keepDays: 7,
    })
    await fleet.ended(operationId)
    await expect(clone(source)).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: expect.stringContaining('Only active and suspended tenants are cloned'),
    })
  })

  it('where not every row could be read, by the table’s name, and leaves nothing', async () => {
    const source = await newTenant()
    await byHand(source.schema_name, source.id, 'alter table keeper force row level security')
    const { operationId, tenantId } = await clone(source)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect((await operationOf(operationId)).error).toMatchObject({
      code: 'TN012',
      step: 'place',
      message: expect.stringContaining('keeper'),
      action: expect.stringContaining('NO FORCE'),
      undone: true,
    })
    const { rows } = await fleet.second.pool.query(
      'select name from tenantry.inventory() where name like $1',
      [`${tenantId}%`],
    )
    expect(rows).toEqual([])
    await cloned(source, { withData: false })
  })

  it('where an object is not the owner’s to make', async () => {
    const source = await newTenant()
    await fleet.cluster.pool.query(`create table ${source.schema_name}.foreigner (id int)`)
    const { operationId } = await clone(source)
    expect(await fleet.ended(operationId)).toBe('failed')
    const { error } = await operationOf(operationId)
    expect(error).toMatchObject({ step: 'structure', undone: true })
    expect(error.message).toContain('foreigner')
    expect(await ownersWithLogin()).toEqual([])
  })
})

describe('a clone that fails', () => {
  it('can be taken back after every step, and then done', async () => {
    const source = await newTenant()
    const gate = Promise.withResolvers<void>()
    atPoint = (name) => (name === 'claim.before' ? gate.promise : undefined)
    const { operationId, tenantId } = await clone(source)
    const grounds: string[] = []
    await walkSteps(fleet, operationId, async (step) => {
      grounds.push(step)
      const { rows } = await fleet.second.pool.query(
        'select name from tenantry.inventory() where name like $1',
        [`${tenantId}%`],
      )
      expect(rows, step).toEqual([])
      expect(await ownersWithLogin(), step).toEqual([])
    })
    expect(grounds).toEqual(['place', 'roles', 'schema', 'structure', 'data', 'verify', 'activate'])
    atPoint = undefined
    gate.resolve()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await tenantOf(tenantId ?? '')).toMatchObject({ fingerprint: source.fingerprint })
  }, 60_000)

  it('begins the copy again from nothing when the target vanishes in the middle', async () => {
    const source = await newTenant()
    let cut = false
    atPoint = (name) => {
      if (name !== 'data.table' || cut) return
      cut = true
      fleet.second.cable.cut()
    }
    const { operationId, tenantId } = await clone(source)
    await expect.poll(async () => (await operationOf(operationId)).state, { timeout: 10_000 }).toBe('waiting')
    fleet.second.cable.mend()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    atPoint = undefined
    const { schema_name } = await tenantOf(tenantId ?? '')
    expect(await contentOf(fleet.second.pool, schema_name)).toEqual(
      await contentOf(fleet.cluster.pool, source.schema_name),
    )
    expect(await ownersWithLogin()).toEqual([])
  })

  it('is taken back whole, is retried from the same source, and can be discarded', async () => {
    const source = await newTenant()
    await fleet.second.pool.query('create schema t_in_the_way')
    const failed = await clone(source, { slug: 'in-the-way' })
    expect(await fleet.ended(failed.operationId)).toBe('failed')
    expect(await tenantOf(failed.tenantId ?? '')).toMatchObject({ state: 'failed' })
    await fleet.second.pool.query('drop schema t_in_the_way')
    const again = await runVerb(fleet.core, systemActor, retryOperation, {
      idempotencyKey: key(),
      operationId: failed.operationId,
    })
    expect(await fleet.ended(again.operationId)).toBe('succeeded')
    expect(await tenantOf(failed.tenantId ?? '')).toMatchObject({ state: 'active' })

    await fleet.second.pool.query('create schema t_given_up')
    const other = await clone(source, { slug: 'given-up' })
    await fleet.ended(other.operationId)
    const { operationId } = await runVerb(fleet.core, systemActor, discardTenant, {
      idempotencyKey: key(),
      tenantId: other.tenantId ?? '',
    })
    expect(await fleet.ended(operationId)).toBe('succeeded')
  })

  it('before a worker has begun frees its source when it is cancelled', async () => {
    const source = await newTenant()
    const gate = Promise.withResolvers<void>()
    atPoint = (name) => (name === 'claim.before' ? gate.promise : undefined)
    const { operationId, tenantId } = await clone(source)
    await runVerb(fleet.core, systemActor, cancelOperation, { operationId })
    gate.resolve()
    atPoint = undefined
    expect(await tenantOf(tenantId ?? '')).toMatchObject({ state: 'failed' })
    await cloned(source, { withData: false })
  })
})
