import {
  archiveTenant,
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
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
  library = await fleet.template()
})
afterAll(() => fleet.close())

let count = 0
const key = () => `lifecycle-${++count}`
const one = async (query: string) => (await fleet.rows(query))[0]
const tenantOf = (id: string) =>
  one(
    `select slug, state, schema_name, fingerprint, archived_at, kept_until from control.tenant where id = '${id}'`,
  )
const errorOf = async (id: string) =>
  (await one(`select error from control.operation where id = '${id}'`)).error
const accessOf = async (id: string) =>
  (await fleet.cluster.pool.query('select * from tenantry.tenant_access($1)', [id])).rows[0]
const hereOf = async (id: string) =>
  (await fleet.inventory()).filter(({ name }) => name.includes(id.slice(3)))

async function newTenant(slug = `life-${++count}`) {
  const { operationId, tenantId } = await fleet.provision(library, slug)
  expect(await fleet.ended(operationId)).toBe('succeeded')
  return { id: tenantId ?? '', slug }
}
const suspend = (id: string) =>
  runVerb(fleet.core, systemActor, suspendTenant, { idempotencyKey: key(), tenantId: id, reason: 'unpaid' })
const resume = (id: string) =>
  runVerb(fleet.core, systemActor, resumeTenant, { idempotencyKey: key(), tenantId: id })
const archive = (id: string, slug: string, keepDays = 7) =>
  runVerb(fleet.core, systemActor, archiveTenant, {
    idempotencyKey: key(),
    tenantId: id,
    reason: 'left us',
    confirmSlug: slug,
    keepDays,
  })
const restore = (id: string) =>
  runVerb(fleet.core, systemActor, restoreTenant, { idempotencyKey: key(), tenantId: id })
const purge = (id: string, slug: string, beforeWindowEnds = false) =>
  runVerb(fleet.core, systemActor, purgeTenant, {
    idempotencyKey: key(),
    tenantId: id,
    reason: 'erasure asked for',
    confirmSlug: slug,
    beforeWindowEnds,
  })
const rotate = (id: string, overlapMinutes = 60) =>
  runVerb(fleet.core, systemActor, rotateCredentials, { idempotencyKey: key(), tenantId: id, overlapMinutes })
const done = async (request: Promise<{ operationId: string }>) => {
  const { operationId } = await request
  expect(await fleet.ended(operationId), JSON.stringify(await errorOf(operationId))).toBe('succeeded')
  return operationId
}

/** New credentials, and a login with them. */
async function credentials(id: string, overlapMinutes = 60) {
  const issued = await rotate(id, overlapMinutes)
  expect(await fleet.ended(issued.operationId)).toBe('succeeded')
  const { role } = (await one(`select result from control.operation where id = '${issued.operationId}'`))
    .result
  return { role: String(role), password: issued.password ?? '' }
}
async function logIn({ role, password }: { role: string; password: string }) {
  const client = new pg.Client({ connectionString: asRole(fleet.cluster.url, role, password) })
  client.on('error', () => {})
  await client.connect()
  return client
}

describe('credentials', () => {
  it('let the product in, into its own schema, with what the application may do', async () => {
    const { id } = await newTenant()
    const client = await logIn(await credentials(id))
    expect((await client.query('select title from book')).rows).toEqual([{ title: 'Dune' }])
    await client.query(`insert into book (title) values ('Emma')`)
    await expect(client.query('create table mine (id int)')).rejects.toMatchObject({ code: '42501' })
    await expect(client.query('drop table book')).rejects.toMatchObject({ code: '42501' })
    await client.end()
  })

  it('overlap: the old ones stay good until their time, the ones before them do not', async () => {
    const { id } = await newTenant()
    const first = await credentials(id)
    const second = await credentials(id)
    expect(second.role).not.toBe(first.role)
    for (const each of [first, second]) await (await logIn(each)).end()

    const third = await credentials(id, 0)
    await (await logIn(third)).end()
    await expect(logIn(first)).rejects.toThrow(/password/)
    await expect(logIn(second)).rejects.toThrow(/password/)
  })

  it('are told once: neither the operation nor the audit log knows the password', async () => {
    const { id } = await newTenant()
    const request = { idempotencyKey: key(), tenantId: id, overlapMinutes: 5 }
    const issued = await runVerb(fleet.core, systemActor, rotateCredentials, request)
    expect(issued.password).toHaveLength(32)
    expect((await runVerb(fleet.core, systemActor, rotateCredentials, request)).password).toBeNull()
    await fleet.ended(issued.operationId)
    const written = await fleet.rows(
      `select o.input::text || coalesce(o.result::text, '') || (select string_agg(a.after::text, '') from control.audit a where a.operation_id = o.id) as text
       from control.operation o where o.id = '${issued.operationId}'`,
    )
    expect(written[0].text).not.toContain(issued.password)
  })
})

describe('suspending', () => {
  it('ends the product’s sessions, lets nobody in, and a resume gives everything back', async () => {
    const { id } = await newTenant()
    const login = await credentials(id)
    const client = await logIn(login)
    const ended = new Promise((resolve) => client.once('end', resolve))

    await done(suspend(id))
    await ended
    expect(await accessOf(id)).toEqual({ logins: 0, sessions: 0, may_use: false })
    await expect(logIn(login)).rejects.toThrow(/not permitted to log in/)
    expect(await tenantOf(id)).toMatchObject({ state: 'suspended' })

    await done(resume(id))
    const again = await logIn(login)
    expect((await again.query('select count(*)::int from book')).rows).toEqual([{ count: 1 }])
    await again.end()
    expect(await tenantOf(id)).toMatchObject({ state: 'active' })
  })

  it('issues credentials to a suspended tenant that become good with the resume', async () => {
    const { id } = await newTenant()
    await done(suspend(id))
    const login = await credentials(id)
    await expect(logIn(login)).rejects.toThrow(/not permitted to log in/)
    await done(resume(id))
    await (await logIn(login)).end()
  })

  it('is refused twice, with the reason', async () => {
    const { id } = await newTenant()
    await done(suspend(id))
    await expect(suspend(id)).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: expect.stringContaining('Only active tenants are suspended'),
    })
  })
})

describe('renaming', () => {
  it('moves slug and schema, keeps credentials good, and frees the old slug', async () => {
    const { id, slug } = await newTenant()
    const login = await credentials(id)
    const before = await tenantOf(id)
    await done(
      runVerb(fleet.core, systemActor, renameTenant, {
        idempotencyKey: key(),
        tenantId: id,
        slug: `${slug}-new`,
        confirmSlug: slug,
      }),
    )
    const after = await tenantOf(id)
    expect(after).toMatchObject({ slug: `${slug}-new`, fingerprint: before.fingerprint })
    const client = await logIn(login)
    expect((await client.query('select current_schema() as name')).rows).toEqual([
      { name: after.schema_name },
    ])
    expect((await client.query('select count(*)::int from book')).rows).toEqual([{ count: 1 }])
    await client.end()
    expect(
      (await fleet.cluster.pool.query('select tenantry.fingerprint($1) as f', [after.schema_name])).rows[0].f,
    ).toBe(before.fingerprint)
    await newTenant(slug)
  })

  it('that meets a schema made by hand changes nothing', async () => {
    const { id, slug } = await newTenant()
    await fleet.cluster.pool.query('create schema t_by_hand')
    const { operationId } = await runVerb(fleet.core, systemActor, renameTenant, {
      idempotencyKey: key(),
      tenantId: id,
      slug: 'by-hand',
      confirmSlug: slug,
    })
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({ code: 'TN005', undone: true })
    expect(await tenantOf(id)).toMatchObject({ slug, state: 'active' })
    expect((await hereOf(id)).filter(({ kind }) => kind === 'login')).toEqual([])
  })

  it('wants the slug typed, and one that is free', async () => {
    const { id, slug } = await newTenant()
    const other = await newTenant()
    const rename = (to: string, typed: string) =>
      runVerb(fleet.core, systemActor, renameTenant, {
        idempotencyKey: key(),
        tenantId: id,
        slug: to,
        confirmSlug: typed,
      })
    await expect(rename('new-name', 'something')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(rename(other.slug, slug)).rejects.toMatchObject({ code: 'slug_taken' })
    await expect(rename(slug, slug)).rejects.toMatchObject({ code: 'slug_taken' })
  })
})

describe('archiving', () => {
  it('puts the schema away without access, and a restore brings it back as it was', async () => {
    const { id, slug } = await newTenant()
    const login = await credentials(id)
    const before = await tenantOf(id)
    await done(archive(id, slug))
    const away = await tenantOf(id)
    expect(away).toMatchObject({ state: 'archived' })
    expect(away.kept_until - away.archived_at).toBe(7 * 86_400_000)
    expect((await hereOf(id)).map(({ name }) => name)).toContain(`t_archived_${id.slice(3)}`)
    expect(await accessOf(id)).toEqual({ logins: 0, sessions: 0, may_use: false })
    await expect(logIn(login)).rejects.toThrow()

    await done(restore(id))
    expect(await tenantOf(id)).toEqual(before)
    const client = await logIn(login)
    expect((await client.query('select title from book')).rows).toEqual([{ title: 'Dune' }])
    await client.end()
  })

  it('that fails half-way is taken back: the product still gets in', async () => {
    const { id, slug } = await newTenant()
    const login = await credentials(id)
    await fleet.cluster.pool.query(`create schema t_archived_${id.slice(3)}`)
    const { operationId } = await archive(id, slug)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({ code: 'TN005', step: 'rename', undone: true })
    expect(await tenantOf(id)).toMatchObject({ state: 'active' })
    await (await logIn(login)).end()

    await fleet.cluster.pool.query(`drop schema t_archived_${id.slice(3)}`)
    const again = await runVerb(fleet.core, systemActor, retryOperation, {
      idempotencyKey: key(),
      operationId,
    })
    expect(await fleet.ended(again.operationId)).toBe('succeeded')
    expect(await tenantOf(id)).toMatchObject({ state: 'archived' })
  })

  it('refuses a restore of what somebody changed meanwhile, and keeps it archived', async () => {
    const { id, slug } = await newTenant()
    await done(archive(id, slug))
    await fleet.cluster.pool.query(`alter table t_archived_${id.slice(3)}.book add column sneaky int`)
    const { operationId } = await restore(id)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({ code: 'TN010', undone: true })
    expect(await tenantOf(id)).toMatchObject({ state: 'archived' })
    expect(await accessOf(id)).toMatchObject({ may_use: false })
    expect((await hereOf(id)).map(({ name }) => name)).toContain(`t_archived_${id.slice(3)}`)
  })
})

describe('purging', () => {
  it('waits for the window or an express wish, then leaves nothing but its record', async () => {
    const { id, slug } = await newTenant()
    await credentials(id)
    await credentials(id)
    await expect(purge(id, slug)).rejects.toMatchObject({ code: 'unlawful_transition' })
    await done(archive(id, slug))
    await expect(purge(id, slug)).rejects.toMatchObject({
      code: 'unlawful_transition',
      detail: { field: 'beforeWindowEnds' },
    })
    await expect(purge(id, 'another', true)).rejects.toMatchObject({ code: 'invalid_input' })
    const operationId = await done(purge(id, slug, true))
    expect(await hereOf(id)).toEqual([])
    expect(await tenantOf(id)).toMatchObject({ state: 'purged', slug })
    const record = await fleet.rows(
      `select outcome, after from control.audit where operation_id = '${operationId}' order by at`,
    )
    expect(record.map((row) => row.outcome)).toEqual(['requested', 'succeeded'])
    expect(record[0].after).toMatchObject({ reason: 'erasure asked for' })
    await newTenant(slug)
  })

  it('that has begun leaves no way back to be offered, and a retry finishes it', async () => {
    const { id, slug } = await newTenant()
    await done(archive(id, slug))
    const block = (to: string) =>
      fleet.cluster.pool.query(`update tenantry.tenant set blocked_at = ${to} where tenant_id = $1`, [id])
    await block('null')
    const { operationId } = await purge(id, slug, true)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({ step: 'objects', code: '55000' })
    expect(await tenantOf(id)).toMatchObject({ state: 'purging' })
    await expect(restore(id)).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: expect.stringContaining('only the purge goes on'),
    })
    await block('now()')
    await done(runVerb(fleet.core, systemActor, retryOperation, { idempotencyKey: key(), operationId }))
    expect(await tenantOf(id)).toMatchObject({ state: 'purged' })
    expect(await hereOf(id)).toEqual([])
  })

  it('drops a tenant of many tables a batch at a time', async () => {
    const many = await fleet.template(
      [
        {
          version: 1,
          name: 'many',
          sql: `do $$ begin for n in 1..130 loop execute format('create table part_%s (id int primary key)', n); end loop; end $$;
            create table log (at date not null) partition by range (at);
            create table log_a partition of log for values from ('2026-01-01') to ('2026-02-01');
            create view everything as select * from part_1;`,
        },
      ],
      '',
      'many',
    )
    const { operationId, tenantId } = await fleet.provision(many, 'many-tables')
    await fleet.ended(operationId)
    const id = tenantId ?? ''
    await done(archive(id, 'many-tables', 0))
    // The more operations run at once, the fewer locks each may take.
    await fleet.rows('update control.cluster set max_concurrency = 64')
    const purged = await done(purge(id, 'many-tables'))
    await fleet.rows('update control.cluster set max_concurrency = 4')
    const [step] = await fleet.rows(
      `select result from control.operation_step where operation_id = '${purged}' and name = 'objects'`,
    )
    expect(step.result.batches).toBeGreaterThanOrEqual(3)
    expect(await hereOf(id)).toEqual([])
  })
})
