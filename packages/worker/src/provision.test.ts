import {
  cancelOperation,
  claimOperation,
  discardTenant,
  retryOperation,
  runVerb,
  systemActor,
} from '@tenantry/core'
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

const one = async (query: string) => (await fleet.rows(query))[0]
const operationOf = (id: string) =>
  one(`select state, attempt, error, result, lease_until from control.operation where id = '${id}'`)
const tenantOf = (id: string | null) =>
  one(`select state, fingerprint, schema_name from control.tenant where id = '${id}'`)
const outcomesOf = async (operationId: string) =>
  (
    await fleet.rows(`select outcome from control.audit where operation_id = '${operationId}' order by at`)
  ).map((row) => row.outcome)
const stepsOf = (operationId: string) =>
  fleet.rows(
    `select name, state, direction from control.operation_step where operation_id = '${operationId}' order by attempt, direction desc, started_at`,
  )

describe('a provision', () => {
  it('makes the tenant active, with schema, roles, seed and the template’s fingerprint', async () => {
    const { operationId, tenantId } = await fleet.provision(library, 'north-field')
    expect(await fleet.ended(operationId)).toBe('succeeded')

    const version = await one(
      `select fingerprint from control.template_version where template_id = '${library}'`,
    )
    expect(await tenantOf(tenantId)).toEqual({
      state: 'active',
      schema_name: 't_north_field',
      fingerprint: version.fingerprint,
    })
    const here = (await fleet.inventory()).filter(
      ({ name }) => name.includes('north') || name.startsWith(tenantId ?? '-'),
    )
    expect(here).toEqual([
      { kind: 'role', name: tenantId },
      { kind: 'role', name: `${tenantId}_app` },
      { kind: 'role', name: `${tenantId}_w` },
      { kind: 'schema', name: 't_north_field' },
    ])
    expect((await fleet.cluster.pool.query('select title from t_north_field.book')).rows).toEqual([
      { title: 'Dune' },
    ])
    expect(await outcomesOf(operationId)).toEqual(['requested', 'succeeded'])
  })

  it('shows every step and line of it', async () => {
    const { operationId } = await fleet.provision(library)
    await fleet.ended(operationId)
    expect((await stepsOf(operationId)).map((step) => `${step.name} ${step.state}`)).toEqual([
      'place done',
      'roles done',
      'schema done',
      'template done',
      'seed done',
      'verify done',
      'activate done',
    ])
    const log = await fleet.rows(
      `select line::int, message from control.operation_log where operation_id = '${operationId}' order by line`,
    )
    expect(log.map((row) => row.line)).toEqual(log.map((_, i) => i + 1))
    expect(log.at(-1).message).toMatch(/^Fingerprint .* as the template promises$/)
  })

  it('leaves no role that can log in', async () => {
    expect((await fleet.inventory()).filter(({ kind }) => kind === 'login')).toEqual([])
  })

  it('runs several at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => fleet.provision(library)))
    expect(await Promise.all(made.map(({ operationId }) => fleet.ended(operationId)))).toEqual(
      Array.from({ length: 12 }, () => 'succeeded'),
    )
  })
})

describe('a provision that cannot go on', () => {
  it('takes back what it made when the schema is there already, leaves the other’s as it was, and can be retried', async () => {
    await fleet.cluster.pool.query('create schema t_taken; create table t_taken.kept as select 1 as x')
    const before = await fleet.inventory()
    const { operationId, tenantId } = await fleet.provision(library, 'taken')
    expect(await fleet.ended(operationId)).toBe('failed')
    expect((await operationOf(operationId)).error).toMatchObject({
      code: 'TN005',
      undone: true,
      action: expect.stringMatching(/[Rr]ename|drop/),
    })
    expect(await tenantOf(tenantId)).toMatchObject({ state: 'failed' })
    expect(await fleet.inventory()).toEqual(before)
    expect((await fleet.cluster.pool.query('select x from t_taken.kept')).rows).toEqual([{ x: 1 }])
    expect(await outcomesOf(operationId)).toEqual(['requested', 'failed'])

    await fleet.cluster.pool.query('drop schema t_taken cascade')
    const again = await runVerb(fleet.core, systemActor, retryOperation, {
      idempotencyKey: 'retry-taken',
      operationId,
    })
    expect(await fleet.ended(again.operationId)).toBe('succeeded')
    expect(await tenantOf(tenantId)).toMatchObject({ state: 'active' })
  })

  it('says which statement of the seed failed, on which line', async () => {
    const broken = await fleet.template(
      undefined,
      "insert into book (title) values ('a');\n\ninsert into nowhere values (1);",
      'broken-seed',
    )
    const { operationId, tenantId } = await fleet.provision(broken)
    expect(await fleet.ended(operationId)).toBe('failed')
    const { error } = await operationOf(operationId)
    expect(error).toMatchObject({
      code: '42P01',
      step: 'seed',
      location: { statement: 2, line: 3 },
      undone: true,
    })
    expect((await fleet.inventory()).filter(({ name }) => name.startsWith(tenantId ?? '-'))).toEqual([])
    expect(
      (await stepsOf(operationId))
        .filter((step) => step.direction === 'down')
        .map((step) => `${step.name} ${step.state}`),
    ).toEqual(['schema undone', 'roles undone'])
  })

  it('is discarded: nothing is left and the slug is free', async () => {
    await fleet.cluster.pool.query('create schema t_given_up')
    const { operationId, tenantId } = await fleet.provision(library, 'given-up')
    await fleet.ended(operationId)
    await fleet.cluster.pool.query('drop schema t_given_up')
    const discard = await runVerb(fleet.core, systemActor, discardTenant, {
      idempotencyKey: 'discard-given-up',
      tenantId: tenantId ?? '',
    })
    expect(await fleet.ended(discard.operationId)).toBe('succeeded')
    expect(await tenantOf(tenantId)).toMatchObject({ state: 'discarded' })
    const again = await fleet.provision(library, 'given-up')
    expect(await fleet.ended(again.operationId)).toBe('succeeded')
  })
})

describe('a template', () => {
  it('whose migration fails is not ready, and says which migration, statement and line', async () => {
    const { operationId, templateId } = await fleet.publish(
      [
        { version: 1, name: 'good', sql: 'create table a (id int);' },
        {
          version: 2,
          name: 'bad',
          sql: 'create table b (id int);\ncreate table c (id int);\nalter table missing add x int;',
        },
      ],
      '',
      'half-broken',
    )
    expect(await fleet.ended(operationId)).toBe('failed')
    const version = await one(
      `select state, error from control.template_version where template_id = '${templateId}'`,
    )
    expect(version).toMatchObject({
      state: 'failed',
      error: { code: '42P01', location: { migration: 'bad', statement: 3, line: 3 } },
    })
  })

  it('that reaches outside its tenant is refused before anything runs', async () => {
    const { operationId } = await fleet.publish(
      [{ version: 1, name: 'out', sql: 'create role eve;' }],
      '',
      'outside',
    )
    expect(await fleet.ended(operationId)).toBe('failed')
    expect((await operationOf(operationId)).error).toMatchObject({
      step: 'inspect',
      location: { migration: 'out', statement: 1, line: 1 },
    })
  })
})

describe('a cluster that does not answer', () => {
  it('delays a provision instead of failing it', async () => {
    fleet.cable.cut()
    const { operationId, tenantId } = await fleet.provision(library)
    await expect.poll(async () => (await operationOf(operationId)).state, { timeout: 10_000 }).toBe('waiting')
    expect((await operationOf(operationId)).error).toMatchObject({ class: 'outage' })
    fleet.cable.mend()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect((await operationOf(operationId)).attempt).toBeGreaterThan(1)
    expect(await tenantOf(tenantId)).toMatchObject({ state: 'active' })
    expect(await outcomesOf(operationId)).toEqual(['requested', 'succeeded'])
  })
})

describe('an attempt that was taken over', () => {
  it('is refused everywhere, and its effect is there once', async () => {
    const paused = Promise.withResolvers<void>()
    const resume = Promise.withResolvers<void>()
    const alone = await startFleet()
    try {
      let once = true
      await alone.work(async (name) => {
        if (name !== 'template.after_commit' || !once) return
        once = false
        paused.resolve()
        await resume.promise
      })
      const template = await alone.template()
      const { operationId, tenantId } = await alone.provision(template)
      await paused.promise
      await alone.control.pool.query(
        `update control.operation set lease_until = now() - interval '1s' where id = '${operationId}'`,
      )
      const newer = await claimOperation(alone.core, operationId, 'another', 500)
      expect(newer?.operation.fence).toBe(2)
      resume.resolve()
      expect(await alone.ended(operationId)).toBe('succeeded')
      const titles = await alone.cluster.pool.query(
        `select title from ${(await alone.rows(`select schema_name from control.tenant where id = '${tenantId}'`))[0].schema_name}.book`,
      )
      expect(titles.rows).toEqual([{ title: 'Dune' }])
      expect(
        (await alone.rows(`select outcome from control.audit where operation_id = '${operationId}'`)).length,
      ).toBe(2)
      expect((await alone.inventory()).filter(({ kind }) => kind === 'login')).toEqual([])
    } finally {
      resume.resolve()
      await alone.close()
    }
  })
})

describe('the tenant’s owner', () => {
  it('can log in during its job alone', async () => {
    const seen: boolean[] = []
    const watched = await startFleet()
    try {
      const canLogIn = async () => (await watched.inventory()).some(({ kind }) => kind === 'login')
      const template = await (async () => {
        await watched.work(async (name) => {
          if (name === 'template.locked' || name === 'finish.before') seen.push(await canLogIn())
        })
        return watched.template()
      })()
      seen.length = 0
      const { operationId } = await watched.provision(template)
      expect(await watched.ended(operationId)).toBe('succeeded')
      expect(seen).toEqual([true, false])
    } finally {
      await watched.close()
    }
  })
})

describe('a queued operation', () => {
  it('that is cancelled never runs', async () => {
    const idle = await startFleet()
    try {
      const worker = await idle.work()
      const template = await idle.template()
      await worker.close()
      const { operationId } = await idle.provision(template)
      await runVerb(idle.core, systemActor, cancelOperation, { operationId })
      await idle.work()
      const { operationId: next } = await idle.provision(template)
      expect(await idle.ended(next)).toBe('succeeded')
      expect(
        (await idle.rows(`select state, attempt from control.operation where id = '${operationId}'`))[0],
      ).toEqual({
        state: 'cancelled',
        attempt: 0,
      })
    } finally {
      await idle.close()
    }
  })
})
