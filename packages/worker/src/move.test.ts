import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  findDifferences,
  moveTenant,
  provisionTenant,
  resumeTenant,
  retryOperation,
  rotateCredentials,
  runVerb,
  suspendTenant,
  systemActor,
} from '@tenantry/core'
import { asRole } from '@tenantry/db/cluster'
import { type EmbeddedMajor, type EmbeddedServer, startEmbedded } from '@tenantry/db/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf } from './testing/content-of.ts'
import { type Fleet, startFleet } from './testing/start-fleet.ts'
import { walkSteps } from './testing/walk-steps.ts'
import { zooSeed, zooTemplate } from './testing/zoo-template.ts'

describe.each(['another database of the server', 'another server'])('a move to %s', (where) => {
  const sameServer = where === 'another database of the server'
  let fleet: Fleet
  let zoo: string
  let other: EmbeddedServer | undefined
  let folder: string | undefined
  /** Called at the worker's failpoints, as the test at hand wants. */
  let atPoint: ((name: string) => void | Promise<void>) | undefined
  beforeAll(async () => {
    if (!sameServer) {
      folder = mkdtempSync(path.join(tmpdir(), 'tenantry-move-'))
      other = await startEmbedded({
        dir: path.join(folder, 'pg'),
        major: Number(process.env.TENANTRY_TEST_PG_MAJOR ?? 18) as EmbeddedMajor,
        password: 'other',
        settings: { fsync: 'off' },
      })
    }
    fleet = await startFleet({ secondCluster: other?.url ?? true })
    await fleet.work((name) => atPoint?.(name))
    zoo = await fleet.template(zooTemplate, zooSeed, 'zoo')
  }, 120_000)
  afterAll(async () => {
    await fleet.close()
    await other?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  let count = 0
  const key = () => `move-key-${++count}`
  const one = async (query: string) => (await fleet.rows(query))[0]
  const operationOf = (id: string) =>
    one(`select state, attempt, error, result from control.operation where id = '${id}'`)
  const tenantOf = (id: string) =>
    one(
      `select id, slug, state, schema_name, fingerprint, cluster_id, placement_reason from control.tenant where id = '${id}'`,
    )
  const done = async (request: Promise<{ operationId: string }>) => {
    const { operationId } = await request
    const state = await fleet.ended(operationId)
    expect(state, JSON.stringify((await operationOf(operationId)).error)).toBe('succeeded')
    return operationId
  }
  async function newTenant(slug = `moving-${++count}`) {
    const { operationId, tenantId } = await runVerb(fleet.core, systemActor, provisionTenant, {
      idempotencyKey: key(),
      slug,
      displayName: slug,
      fromPool: true,
      templateId: zoo,
      clusterId: fleet.clusterId,
      labels: {},
      notes: '',
    })
    expect(await fleet.ended(operationId)).toBe('succeeded')
    return tenantOf(tenantId ?? '')
  }
  async function credentials(id: string) {
    const issued = await runVerb(fleet.core, systemActor, rotateCredentials, {
      idempotencyKey: key(),
      tenantId: id,
      overlapMinutes: 60,
    })
    expect(await fleet.ended(issued.operationId)).toBe('succeeded')
    return {
      role: String((await operationOf(issued.operationId)).result.role),
      password: issued.password ?? '',
    }
  }
  async function logIn(url: string, { role, password }: { role: string; password: string }) {
    const client = new pg.Client({ connectionString: asRole(url, role, password) })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const move = (id: string, clusterId = fleet.second.id) =>
    runVerb(fleet.core, systemActor, moveTenant, {
      idempotencyKey: key(),
      tenantId: id,
      reason: 'makes room',
      clusterId,
    })
  /** Moved, and what follows from it has ended too: it is resumed, and its old schema is dropped. */
  async function moved(id: string, clusterId?: string) {
    const operationId = await done(move(id, clusterId))
    const followers = await fleet.rows(
      `select id from control.operation where idempotency_key like 'after ${operationId}:%'`,
    )
    for (const follower of followers) {
      const state = await fleet.ended(follower.id)
      expect(state, JSON.stringify((await operationOf(follower.id)).error)).toBe('succeeded')
    }
    return followers.length
  }
  const suspend = (id: string) =>
    done(
      runVerb(fleet.core, systemActor, suspendTenant, {
        idempotencyKey: key(),
        tenantId: id,
        reason: 'unpaid',
      }),
    )
  const present = async (pool: pg.Pool, { id, schema_name }: { id: string; schema_name: string }) => ({
    schemas: (await pool.query('select from pg_namespace where nspname = $1', [schema_name])).rowCount,
    roles: (
      await pool.query('select name from tenantry.inventory() where kind <> $1 and name like $2 order by 1', [
        'schema',
        `${id}%`,
      ])
    ).rows.map(({ name }) => name.slice(id.length)),
  })

  it('keeps id, slug, schema, rows and credentials, and leaves nothing where it was', async () => {
    const tenant = await newTenant()
    const logins = [await credentials(tenant.id), await credentials(tenant.id)]
    const before = await contentOf(fleet.cluster.pool, tenant.schema_name)
    const session = await logIn(fleet.cluster.url, logins[1] ?? { role: '', password: '' })
    const ended = new Promise((resolve) => session.once('end', resolve))

    expect(await moved(tenant.id)).toBe(2)
    await ended
    expect(await tenantOf(tenant.id)).toEqual({
      ...tenant,
      cluster_id: fleet.second.id,
      placement_reason: 'Moved there: makes room',
    })
    expect(await contentOf(fleet.second.pool, tenant.schema_name)).toEqual(before)
    for (const login of logins) {
      const client = await logIn(fleet.second.url, login)
      await client.query(`set row_security = on`)
      await client.query(`insert into place values ('written after the move')`)
      await client.end()
    }
    expect(await present(fleet.second.pool, tenant)).toEqual({
      schemas: 1,
      roles: ['', '_app', '_app_a', '_app_b', '_w'],
    })
    expect(await present(fleet.cluster.pool, tenant)).toEqual({ schemas: 0, roles: [] })
    await expect(logIn(fleet.cluster.url, logins[1] ?? { role: '', password: '' })).rejects.toThrow()
    for (const [id, pool] of [
      [fleet.clusterId, fleet.cluster.pool],
      [fleet.second.id, fleet.second.pool],
    ] as const) {
      expect(await findDifferences(fleet.core.db, id, pool)).toMatchObject({ differences: [], busy: [] })
    }
    const live = await fleet.second.pool.query('select tenantry.fingerprint($1) as is', [tenant.schema_name])
    expect(live.rows).toEqual([{ is: tenant.fingerprint }])
    const spare = await one(`select origin, state, cluster_id from control.spare where id = '${tenant.id}'`)
    expect(spare).toEqual({ origin: 'moved', state: 'dropped', cluster_id: fleet.clusterId })
  }, 60_000)

  it('and back again, with whatever was written in between', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    await moved(tenant.id)
    const there = await logIn(fleet.second.url, login)
    await there.query(`insert into place values ('there')`)
    await there.end()
    await moved(tenant.id, fleet.clusterId)
    const here = await logIn(fleet.cluster.url, login)
    expect((await here.query(`select name from only place where name = 'there'`)).rowCount).toBe(1)
    await here.end()
    const rotated = await credentials(tenant.id)
    await (await logIn(fleet.cluster.url, rotated)).end()
    await moved(tenant.id)
    await (await logIn(fleet.second.url, rotated)).end()
    expect(await present(fleet.cluster.pool, tenant)).toEqual({ schemas: 0, roles: [] })
  }, 60_000)

  it('leaves a suspended tenant suspended, whose credentials become good with its resume', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    await suspend(tenant.id)
    expect(await moved(tenant.id)).toBe(1)
    expect(await tenantOf(tenant.id)).toMatchObject({
      state: 'suspended',
      cluster_id: fleet.second.id,
      fingerprint: tenant.fingerprint,
    })
    await expect(logIn(fleet.second.url, login)).rejects.toThrow(/not permitted to log in/)
    await done(runVerb(fleet.core, systemActor, resumeTenant, { idempotencyKey: key(), tenantId: tenant.id }))
    await (await logIn(fleet.second.url, login)).end()
  })

  it('that fails opens the tenant again where it was, and leaves nothing where it was to go', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    await fleet.second.pool.query(`create schema ${tenant.schema_name}`)
    const { operationId } = await move(tenant.id)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect((await operationOf(operationId)).error).toMatchObject({ code: 'TN005', undone: true })
    expect(await tenantOf(tenant.id)).toEqual(tenant)
    await (await logIn(fleet.cluster.url, login)).end()
    expect((await present(fleet.second.pool, tenant)).roles).toEqual([])

    await fleet.second.pool.query(`drop schema ${tenant.schema_name}`)
    const again = runVerb(fleet.core, systemActor, retryOperation, { idempotencyKey: key(), operationId })
    await done(again)
    expect(await tenantOf(tenant.id)).toMatchObject({ cluster_id: fleet.second.id })
    await expect(
      runVerb(fleet.core, systemActor, retryOperation, { idempotencyKey: key(), operationId }),
    ).rejects.toMatchObject({ code: 'unlawful_transition' })
  })

  it('that fails leaves a suspended tenant closed', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    await suspend(tenant.id)
    await fleet.second.pool.query(`create schema ${tenant.schema_name}`)
    const { operationId } = await move(tenant.id)
    expect(await fleet.ended(operationId)).toBe('failed')
    await expect(logIn(fleet.cluster.url, login)).rejects.toThrow(/not permitted to log in/)
    const { rows } = await fleet.cluster.pool.query('select may_use from tenantry.tenant_access($1)', [
      tenant.id,
    ])
    expect(rows).toEqual([{ may_use: false }])
    await fleet.second.pool.query(`drop schema ${tenant.schema_name}`)
  })

  it('is refused to where it is, and to anywhere until what it left before is dropped', async () => {
    const tenant = await newTenant()
    await expect(move(tenant.id, fleet.clusterId)).rejects.toMatchObject({ code: 'invalid_input' })
    const gate = Promise.withResolvers<void>()
    atPoint = (name) => (name === 'step.sessions.before' ? gate.promise : undefined)
    await done(move(tenant.id))
    const resume = await one(
      `select id from control.operation where tenant_id = '${tenant.id}' and kind = 'tenant.resume'`,
    )
    expect(await fleet.ended(resume.id)).toBe('succeeded')
    const drop = await one(`select id from control.operation where spare_id = '${tenant.id}'`)
    await expect(move(tenant.id, fleet.clusterId)).rejects.toMatchObject({
      code: 'tenant_busy',
      detail: { operationId: drop.id, action: expect.stringContaining('Wait') },
    })
    // Meanwhile it is at work where it is now, and closed where it was.
    const login = await credentials(tenant.id)
    await (await logIn(fleet.second.url, login)).end()
    const closed = await fleet.cluster.pool.query(`select has_schema_privilege($1, $2, 'usage') as may_use`, [
      `${tenant.id}_app`,
      tenant.schema_name,
    ])
    expect(closed.rows).toEqual([{ may_use: false }])
    atPoint = undefined
    gate.resolve()
    expect(await fleet.ended(drop.id)).toBe('succeeded')
    await (await logIn(fleet.second.url, login)).end()
    await moved(tenant.id, fleet.clusterId)
  }, 60_000)

  it('goes on when the target vanishes in the middle, and the tenant stays closed meanwhile', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    const before = await contentOf(fleet.cluster.pool, tenant.schema_name)
    let cut = false
    atPoint = (name) => {
      if (name !== 'data.table' || cut) return
      cut = true
      fleet.second.cable.cut()
    }
    const { operationId } = await move(tenant.id)
    await expect.poll(async () => (await operationOf(operationId)).state, { timeout: 10_000 }).toBe('waiting')
    await expect(logIn(fleet.cluster.url, login)).rejects.toThrow(/not permitted to log in/)
    fleet.second.cable.mend()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    atPoint = undefined
    expect(await contentOf(fleet.second.pool, tenant.schema_name)).toEqual(before)
  }, 60_000)

  it('can be taken back after every step, and then done', async () => {
    const tenant = await newTenant()
    const login = await credentials(tenant.id)
    const gate = Promise.withResolvers<void>()
    atPoint = (name) => (name === 'claim.before' ? gate.promise : undefined)
    const { operationId } = await move(tenant.id)
    const grounds: string[] = []
    await walkSteps(fleet, operationId, async (step) => {
      grounds.push(step)
      const client = await logIn(fleet.cluster.url, login)
      await client.query(`insert into place values ('after ${step}')`)
      await client.end()
      expect((await present(fleet.second.pool, tenant)).roles, step).toEqual([])
    })
    expect(grounds).toEqual(['place', 'close', 'roles', 'schema', 'structure', 'data', 'verify', 'logins'])
    atPoint = undefined
    gate.resolve()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    const { rows } = await fleet.second.pool.query(
      `select count(*)::int as written from ${tenant.schema_name}.place where name like 'after %'`,
    )
    expect(rows).toEqual([{ written: 8 }])
  }, 60_000)

  it('takes no roles that the database they are in has not let go', async () => {
    const tenant = await newTenant()
    const steal = fleet.second.pool.query('select tenantry.create_tenant_roles($1, $2, $3, $4, true)', [
      tenant.id,
      tenant.schema_name,
      'forged',
      99,
    ])
    if (sameServer) await expect(steal).rejects.toMatchObject({ code: 'TN005' })
    else await steal
    await expect(
      fleet.cluster.pool.query('select tenantry.read_logins($1, $2, $3)', [tenant.id, 'forged', 99]),
    ).rejects.toMatchObject({ code: '55000' })
  })
})
