import {
  adoptTenant,
  archiveTenant,
  discardTenant,
  purgeTenant,
  renameTenant,
  restoreTenant,
  resumeTenant,
  retryOperation,
  rotateCredentials,
  runVerb,
  suspendTenant,
  systemActor,
} from '@tenantry/core'
import { asRole } from '@tenantry/db/cluster'
import { entangle, type HandMade, lookOf, makeByHand } from '@tenantry/db/testing'
import pg from 'pg'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openClusters } from './clusters/clusters.ts'
import { findAdoptable } from './monitors/find-adoptable.ts'
import { type Fleet, smallTemplate, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
let failpoint: (name: string) => void = () => {}
beforeAll(async () => {
  fleet = await startFleet({ leaseMs: 900 })
  await fleet.work((name) => failpoint(name))
  library = await fleet.template(smallTemplate, '')
})
afterAll(() => fleet.close())

let made: HandMade[] = []
afterEach(async () => {
  failpoint = () => {}
  for (const hand of made) await hand.drop()
  made = []
})

let count = 0
const key = () => `adopting-${++count}`
const one = async (query: string) => (await fleet.rows(query))[0]
const cluster = async (query: string, values: unknown[] = []) =>
  (await fleet.cluster.pool.query(query, values)).rows
const books = smallTemplate.map(({ sql }) => sql).join('\n')

/** A schema as the template would make it, with a book in it. */
async function byHand(sql = books) {
  const hand = await makeByHand(fleet.cluster.pool, `${sql}; insert into book (title) values ('Emma')`)
  made.push(hand)
  const [{ oid }] = await cluster('select oid from pg_namespace where nspname = $1', [hand.schema])
  return { ...hand, oid, look: () => lookOf(fleet.cluster.pool, oid, hand.product) }
}
const adopt = (hand: HandMade, change: Record<string, unknown> = {}) =>
  runVerb(fleet.core, systemActor, adoptTenant, {
    idempotencyKey: key(),
    clusterId: fleet.clusterId,
    schema: hand.schema,
    confirmSchema: hand.schema,
    slug: `adopted-${++count}`,
    displayName: 'A college',
    templateId: library,
    strict: false,
    keepRoles: [hand.product],
    reason: 'moves in',
    labels: {},
    notes: '',
    ...change,
  })
const tenantOf = (id: string | null) =>
  one(`select id, slug, state, schema_name, fingerprint from control.tenant where id = '${id}'`)
const errorOf = async (id: string) =>
  (await one(`select error from control.operation where id = '${id}'`)).error
const done = async (request: Promise<{ operationId: string; tenantId: string | null }>) => {
  const enqueued = await request
  expect(await fleet.ended(enqueued.operationId), JSON.stringify(await errorOf(enqueued.operationId))).toBe(
    'succeeded',
  )
  return enqueued
}
const discard = (tenantId: string | null) =>
  done(runVerb(fleet.core, systemActor, discardTenant, { idempotencyKey: key(), tenantId: tenantId ?? '' }))
const titles = (schema: string) => cluster(`select title from "${schema}".book`)

describe('adopting a schema', () => {
  it('makes it a tenant that is what its template promises, with its data, and the product goes on', async () => {
    const hand = await byHand()
    const { operationId, tenantId } = await done(adopt(hand, { strict: true }))
    const tenant = await tenantOf(tenantId)
    const version = await one(
      `select fingerprint from control.template_version where template_id = '${library}'`,
    )
    expect(tenant).toMatchObject({ state: 'active', fingerprint: version.fingerprint })
    const client = new pg.Client({ connectionString: asRole(fleet.cluster.url, hand.product, 'product') })
    await client.connect()
    expect((await client.query('select title, current_schema() as here from book')).rows).toEqual([
      { title: 'Emma', here: tenant.schema_name },
    ])
    await client.end()
    const record = await fleet.rows(
      `select outcome from control.audit where operation_id = '${operationId}' order by at`,
    )
    expect(record.map(({ outcome }) => outcome)).toEqual(['requested', 'succeeded'])
  })

  it('ends the sessions of a kept role, so that they come back to the new name, and tells of the others', async () => {
    const hand = await byHand()
    const [product, owner] = await Promise.all(
      [[hand.product, 'product'] as const, [hand.owner, 'owner'] as const].map(async ([role, password]) => {
        const client = new pg.Client({
          connectionString: asRole(fleet.cluster.url, role, password),
          application_name: 'nightly report',
        })
        client.on('error', () => {})
        await client.connect()
        return client
      }),
    )
    const ended = new Promise((resolve) => product?.once('end', resolve))
    const { operationId } = await done(adopt(hand))
    await ended
    const log = await fleet.rows(
      `select message from control.operation_log where operation_id = '${operationId}'`,
    )
    expect(log.map(({ message }) => message)).toContain(
      `May still use the name ${hand.schema}: 1 × ${hand.owner} (nightly report)`,
    )
    await owner?.end()
  })

  it('registers one that differs with a fingerprint of its own, unless it shall be strict', async () => {
    const hand = await byHand(`${books}; create table extra ()`)
    const before = await hand.look()
    const strict = await adopt(hand, { strict: true })
    expect(await fleet.ended(strict.operationId)).toBe('failed')
    expect(await errorOf(strict.operationId)).toMatchObject({ code: 'TN010', step: 'rename', undone: true })
    expect(await hand.look()).toEqual(before)
    await discard(strict.tenantId)

    const { tenantId, operationId } = await done(adopt(hand))
    const version = await one(
      `select fingerprint from control.template_version where template_id = '${library}'`,
    )
    expect((await tenantOf(tenantId)).fingerprint).not.toBe(version.fingerprint)
    expect(
      (await one(`select result from control.operation where id = '${operationId}'`)).result,
    ).toMatchObject({ matches: false })
  })

  it('refuses one that another schema needs, names the object and changes nothing', async () => {
    const hand = await byHand()
    await cluster(`create view public.of_books as select * from "${hand.schema}".book`)
    const before = await hand.look()
    const { operationId, tenantId } = await adopt(hand)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({
      code: 'TN030',
      step: 'inspect',
      message: expect.stringContaining('view public.of_books'),
    })
    expect(await hand.look()).toEqual(before)
    await cluster('drop view public.of_books')
    await done(runVerb(fleet.core, systemActor, retryOperation, { idempotencyKey: key(), operationId }))
    expect(await tenantOf(tenantId)).toMatchObject({ state: 'active' })
  })

  it('is taken up where a worker died, at every point', async () => {
    for (const point of [
      'step.inspect.after',
      'step.roles.after',
      'step.fit.after',
      'step.rename.after',
      'step.verify.after',
      'finish.before',
    ]) {
      const hand = await byHand()
      let died = false
      failpoint = (name) => {
        if (name !== point || died) return
        died = true
        throw new Error(`died at ${name}`)
      }
      const { tenantId } = await done(adopt(hand, { strict: true }))
      expect(died, point).toBe(true)
      expect(await titles((await tenantOf(tenantId)).schema_name), point).toEqual([{ title: 'Emma' }])
    }
  }, 60_000)
})

describe('an adoption that fails', () => {
  const points = ['adopt.begin', 'adopt.batch', 'adopt.renamed', 'finish.inside']
  it.each(points)('at %s gives everything back, and a discard leaves the schema as it was', async (point) => {
    const hand = await byHand()
    await cluster(`grant select (title) on "${hand.schema}".book to ${hand.reader}`)
    const before = await hand.look()
    failpoint = (name) => {
      if (name === point) throw new Error(`failed at ${name}`)
    }
    const { operationId, tenantId } = await adopt(hand)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({
      message: `failed at ${point}`,
      undone: true,
    })
    expect(await hand.look()).toEqual(before)
    failpoint = () => {}
    await discard(tenantId)
    expect(await hand.look()).toEqual(before)
    expect(await titles(hand.schema)).toEqual([{ title: 'Emma' }])
    expect((await fleet.inventory()).filter(({ name }) => name.includes(tenantId?.slice(3)))).toEqual([])
  })

  it.each(['adopt.batch', 'adopt.renamed', 'finish.inside'])(
    'at %s and cannot be taken back is given back by the discard: nothing of it is ever dropped',
    async (point) => {
      const hand = await byHand()
      const before = await hand.look()
      failpoint = (name) => {
        if (name === point || name === 'adopt.back') throw new Error(`failed at ${name}`)
      }
      const { operationId, tenantId } = await adopt(hand)
      expect(await fleet.ended(operationId)).toBe('failed')
      expect(await errorOf(operationId)).toMatchObject({ message: `failed at ${point}`, undone: false })
      failpoint = () => {}
      await discard(tenantId)
      expect(await hand.look()).toEqual(before)
      expect(await titles(hand.schema)).toEqual([{ title: 'Emma' }])
    },
  )
})

it('every other operation works on an adopted tenant', async () => {
  const hand = await byHand()
  const { tenantId } = await done(adopt(hand, { slug: 'moved-in' }))
  const id = tenantId ?? ''
  const change = { tenantId: id }
  const ask = () => ({ idempotencyKey: key(), ...change })
  const login = () => {
    const client = new pg.Client({ connectionString: asRole(fleet.cluster.url, hand.product, 'product') })
    return client.connect().then(() => client.query('select title from book').finally(() => client.end()))
  }
  await done(runVerb(fleet.core, systemActor, suspendTenant, { ...ask(), reason: 'unpaid' }))
  await expect(login()).rejects.toMatchObject({ code: '42P01' })
  await done(runVerb(fleet.core, systemActor, resumeTenant, ask()))
  expect((await login()).rows).toEqual([{ title: 'Emma' }])
  await done(runVerb(fleet.core, systemActor, rotateCredentials, { ...ask(), overlapMinutes: 5 }))
  await done(
    runVerb(fleet.core, systemActor, renameTenant, { ...ask(), slug: 'settled', confirmSlug: 'moved-in' }),
  )
  const archive = { reason: 'left us', confirmSlug: 'settled', keepDays: 0 }
  await done(runVerb(fleet.core, systemActor, archiveTenant, { ...ask(), ...archive }))
  await done(runVerb(fleet.core, systemActor, restoreTenant, ask()))
  expect(await titles('t_settled')).toEqual([{ title: 'Emma' }])
  await done(runVerb(fleet.core, systemActor, archiveTenant, { ...ask(), ...archive }))
  const purge = { reason: 'erasure', confirmSlug: 'settled', beforeWindowEnds: true }
  await done(runVerb(fleet.core, systemActor, purgeTenant, { ...ask(), ...purge }))
  expect(await cluster('select 1 from pg_namespace where oid = $1', [hand.oid])).toEqual([])
})

it('the schemas that can be adopted are looked for and kept for whoever asks', async () => {
  const hand = await byHand()
  await entangle(fleet.cluster.pool, hand).catch(() => {})
  const clusters = openClusters(fleet.masterKey, 2, pino({ level: 'silent' }))
  const look = findAdoptable({ core: fleet.core, clusters } as Parameters<typeof findAdoptable>[0])
  await look.run()
  const { schemas, seen_at } = await one('select schemas, seen_at from control.adoptable')
  expect(schemas).toMatchObject([{ schema: hand.schema, tables: 2, roles: [{ name: hand.owner }, {}, {}] }])
  await look.run()
  const again = await one('select seen_at from control.adoptable')
  expect(again.seen_at.getTime()).toBeGreaterThanOrEqual(seen_at.getTime())
  await clusters.close()
})
