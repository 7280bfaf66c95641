import { cancelOperation, hurryOperation, runVerb, systemActor } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

/** Goes on whatever is cancelled; only the end of its session stops it. */
const stubborn = `do $$ begin loop begin perform pg_sleep(60);
  exception when query_canceled then null; end; end loop; end $$;`

let fleet: Fleet
let quick: string
let slow: string
let endless: string
beforeAll(async () => {
  fleet = await startFleet()
  const builder = await fleet.work()
  quick = await fleet.template()
  slow = await fleet.template(undefined, 'select pg_sleep(1);', 'slow')
  endless = await fleet.template(undefined, stubborn, 'endless')
  await builder.close()
})
afterAll(() => fleet.close())

const cancel = (operationId: string, graceSeconds: number) =>
  runVerb(fleet.core, systemActor, cancelOperation, { operationId, graceSeconds })
const operationOf = async (id: string) =>
  (await fleet.rows(`select state, attempt, error from control.operation where id = '${id}'`))[0]
const stepsOf = (id: string) =>
  fleet.rows(`select name, direction, state from control.operation_step
    where operation_id = '${id}' order by started_at, ordinal`)
const outcomesOf = async (id: string) =>
  (
    await fleet.rows(
      `select outcome from control.audit where operation_id = '${id}' and action like 'tenant.%' order by at`,
    )
  ).map(({ outcome }) => outcome)
const tenantStateOf = async (id: string | null) =>
  (await fleet.rows(`select state from control.tenant where id = '${id}'`))[0].state
const left = async (tenantId: string | null) =>
  (await fleet.inventory()).filter(({ name }) => name.startsWith(tenantId ?? '-'))
const sessionsOf = async (tenantId: string | null) =>
  (await fleet.cluster.pool.query('select pid from pg_stat_activity where usename = $1', [tenantId])).rows

/** A worker that does `then` once when it passes a point. */
async function workerThat(point: string, then: () => Promise<unknown>) {
  let once = true
  const done = Promise.withResolvers<void>()
  const worker = await fleet.work(async (name) => {
    if (name !== point || !once) return
    once = false
    await then().then(() => done.resolve(), done.reject)
  })
  return { worker, done: done.promise }
}

describe('cancelling what a worker has in hand', () => {
  it('lets the step end, begins no other, and takes back what was done', async () => {
    const { operationId, tenantId } = await fleet.provision(slow)
    const { worker } = await workerThat('seed.locked', () => cancel(operationId, 60))
    expect(await fleet.ended(operationId)).toBe('cancelled')
    expect((await operationOf(operationId)).error).toMatchObject({
      class: 'cancelled',
      message: 'cancelled before the step verify',
      undone: true,
    })
    const steps = await stepsOf(operationId)
    expect(steps).toContainEqual({ name: 'seed', direction: 'up', state: 'done' })
    expect(steps.filter(({ name, direction }) => name === 'verify' && direction === 'up')).toEqual([])
    expect(steps.filter(({ direction }) => direction === 'down').map(({ name }) => name)).toEqual([
      'schema',
      'roles',
    ])
    expect(await outcomesOf(operationId)).toEqual(['requested', 'cancelled'])
    expect(await tenantStateOf(tenantId)).toBe('failed')
    expect(await left(tenantId)).toEqual([])
    await worker.close()
  })

  it('ends by force a step that does not stop: its session is gone from the server', async () => {
    const { operationId, tenantId } = await fleet.provision(endless)
    const reached = Promise.withResolvers<void>()
    const worker = await fleet.work((name) => {
      if (name === 'seed.locked') reached.resolve()
    })
    await reached.promise
    await expect.poll(() => sessionsOf(tenantId)).toHaveLength(1)
    expect(await cancel(operationId, 1)).toMatchObject({ state: 'stopping' })
    expect(await fleet.ended(operationId)).toBe('cancelled')
    expect(await sessionsOf(tenantId)).toEqual([])
    expect(await operationOf(operationId)).toMatchObject({
      attempt: 2,
      error: { message: 'cancelled; the step seed was ended by force', step: 'seed', undone: true },
    })
    expect(await left(tenantId)).toEqual([])
    expect(await outcomesOf(operationId)).toEqual(['requested', 'cancelled'])
    await worker.close()
  })

  it('forces sooner when somebody asks again with less patience', async () => {
    const { operationId } = await fleet.provision(endless)
    const reached = Promise.withResolvers<void>()
    const worker = await fleet.work((name) => {
      if (name === 'seed.locked') reached.resolve()
    })
    await reached.promise
    await cancel(operationId, 600)
    await cancel(operationId, 0)
    expect(await fleet.ended(operationId)).toBe('cancelled')
    await worker.close()
  })

  it('is too late when the last step was done first: it has succeeded, and keeps the request on record', async () => {
    const { operationId, tenantId } = await fleet.provision(quick)
    const { worker } = await workerThat('step.activate.after', async () => {
      await cancel(operationId, 60)
    })
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await outcomesOf(operationId)).toEqual(['requested', 'succeeded'])
    expect(await tenantStateOf(tenantId)).toBe('active')
    const asked = await fleet.rows(
      `select cancel_requested_by from control.operation where id = '${operationId}'`,
    )
    expect(asked).toEqual([{ cancel_requested_by: systemActor.userId }])
    await worker.close()
  })

  it('is refused to whoever asks while the end is being written', async () => {
    const { operationId } = await fleet.provision(quick)
    let answer: Promise<unknown> = Promise.resolve()
    const { worker } = await workerThat('finish.inside', async () => {
      answer = cancel(operationId, 0).catch((error) => error)
    })
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await answer).toMatchObject({ code: 'unlawful_transition', message: 'It has ended.' })
    await worker.close()
  })

  it('leaves one end and a clean cluster at whatever point it is asked', async () => {
    const points = [
      'claim.after',
      'step.roles.after',
      'template.executed',
      'seed.after_commit',
      'finish.before',
    ]
    for (const point of points) {
      const { operationId, tenantId } = await fleet.provision(quick)
      const { worker, done } = await workerThat(point, () => cancel(operationId, 0))
      const state = await fleet.ended(operationId)
      await done
      expect(await outcomesOf(operationId), point).toEqual(['requested', state])
      if (state === 'cancelled') expect(await left(tenantId), point).toEqual([])
      else expect(await tenantStateOf(tenantId), point).toBe('active')
      await worker.close()
    }
  }, 60_000)
})

describe('an operation that keeps what it has done', () => {
  const needing = (slug: string) =>
    fleet.template(undefined, `insert into book (title) select name from shared.${slug};`, slug)

  /** A provision whose seed needs what nobody has made yet, and which keeps its steps. */
  async function held(template: string) {
    const made = await fleet.provision(template, undefined, { onFailure: 'keep' })
    const state = async () => {
      const [row] = await fleet.rows(
        `select state, due_at from control.operation where id = '${made.operationId}'`,
      )
      return `${row.state}, ${row.due_at === null ? 'held' : 'due'}`
    }
    await expect.poll(state, { timeout: 15_000 }).toBe('waiting, held')
    return made
  }

  it('goes on from the failed step once the cause is mended', async () => {
    const worker = await fleet.work()
    const { operationId, tenantId } = await held(await needing('plans'))
    await fleet.cluster.pool.query(`create schema if not exists shared; grant usage on schema shared to public;
      create table shared.plans as select 'Solaris' as name; grant select on shared.plans to public`)
    await runVerb(fleet.core, systemActor, hurryOperation, { operationId })
    expect(await fleet.ended(operationId)).toBe('succeeded')
    const again = await fleet.rows(`select message from control.operation_log
      where operation_id = '${operationId}' and attempt = 2 and message like '%done before%'`)
    expect(again).toHaveLength(1)
    expect(await outcomesOf(operationId)).toEqual(['requested', 'succeeded'])
    expect(await tenantStateOf(tenantId)).toBe('active')
    await worker.close()
  })

  it('is taken back when somebody cancels it', async () => {
    const worker = await fleet.work()
    const { operationId, tenantId } = await held(await needing('terms'))
    expect(await left(tenantId)).not.toEqual([])
    await cancel(operationId, 10)
    expect(await fleet.ended(operationId)).toBe('cancelled')
    expect(await left(tenantId)).toEqual([])
    await worker.close()
  })
})

describe('a worker', () => {
  it('says that it lives and what it has in hand, until it closes', async () => {
    const seen = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const worker = await fleet.work(async (name) => {
      if (name !== 'step.roles.before') return
      seen.resolve()
      await go.promise
    })
    const row = async () =>
      (await fleet.rows(`select name, in_hand from control.worker where id = '${worker.id}'`))[0]
    expect(await row()).toEqual({ name: expect.stringMatching(/^.+:\d+$/), in_hand: 0 })
    const { operationId } = await fleet.provision(quick)
    await seen.promise
    await expect.poll(async () => (await row()).in_hand, { timeout: 5000 }).toBe(1)
    go.resolve()
    await fleet.ended(operationId)
    await worker.close()
    expect(await row()).toBeUndefined()
  })
})
