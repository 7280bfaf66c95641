import { DatabaseError } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backoff } from './operations/backoff.ts'
import { classifyFailure } from './operations/classify-failure.ts'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

const at = { step: 'template', attempt: 1 }
const fault = (code: string, message = 'x') => Object.assign(new DatabaseError(message, 1, 'error'), { code })

describe('a failure', () => {
  it.each(['57P01', '57P03', '08006', '08001', 'ECONNREFUSED', 'ECONNRESET'])(
    'of code %s is an outage: it is waited out, however often it takes',
    (code) => {
      expect(classifyFailure(fault(code), at)).toMatchObject({
        class: 'outage',
        code,
        action: expect.stringContaining('reached'),
      })
    },
  )

  it('that the query builder wrapped is what the server said, without the query', () => {
    const wrapped = new Error('Failed query: select secret', { cause: fault('57P03', 'starting up') })
    expect(classifyFailure(wrapped, at)).toMatchObject({ class: 'outage', message: 'starting up' })
  })

  it.each(['40001', '40P01', '55P03', '53300', '53100', '53200', '58030'])(
    'of code %s passes: it is tried again, and says what to do if it does not',
    (code) => {
      expect(classifyFailure(fault(code), at)).toMatchObject({
        class: 'retry',
        code,
        action: expect.any(String),
      })
    },
  )

  it.each(['42601', '23505', '42501', '3F000', 'TN003', 'TN005', 'XX000'])(
    'of code %s is permanent: it is undone',
    (code) => {
      expect(classifyFailure(fault(code), at)).toMatchObject({
        class: 'permanent',
        code,
        action: expect.any(String),
      })
    },
  )

  it('of a stale attempt is fenced: it touches nothing', () => {
    expect(classifyFailure(fault('TN002'), at)).toMatchObject({ class: 'fenced' })
  })

  it('without a code or a message still says something', () => {
    expect(classifyFailure(undefined, at)).toMatchObject({ class: 'permanent', action: expect.any(String) })
    expect(classifyFailure(new Error('Connection terminated unexpectedly'), at)).toMatchObject({
      class: 'outage',
    })
  })
})

describe('the backoff', () => {
  it('doubles from half a second to half a minute, with jitter that only shortens', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoff(attempt, () => 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ])
    expect(backoff(1, () => 1)).toBe(375)
  })
})

describe('on a real cluster', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet({ scriptDeadlineMs: 1500 })
    await fleet.work()
  })
  afterAll(() => fleet.close())
  const one = async (query: string) => (await fleet.rows(query))[0]
  const errorOf = async (id: string) =>
    (await one(`select error from control.operation where id = '${id}'`)).error

  it('a full disk makes the provision wait, and says to free space', async () => {
    const template = await fleet.template(
      undefined,
      "do $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;",
      'disk-full',
    )
    const { operationId } = await fleet.provision(template)
    await expect
      .poll(
        async () => (await one(`select state from control.operation where id = '${operationId}'`)).state,
        {
          timeout: 20_000,
        },
      )
      .toBe('waiting')
    expect(await errorOf(operationId)).toMatchObject({
      code: '53100',
      class: 'retry',
      message: expect.stringContaining('No space left'),
      action: expect.stringContaining('Free disk space'),
    })
    // Nothing half-done is open to anybody meanwhile.
    expect((await fleet.inventory()).filter(({ kind }) => kind === 'login')).toEqual([])
  })

  it('a script that refuses to be cancelled is ended by the watchdog, and what was built is taken back', async () => {
    const template = await fleet.template(
      undefined,
      `do $$ begin loop begin perform pg_sleep(60); exception when query_canceled then null; end; end loop; end $$;`,
      'stubborn',
    )
    const { operationId, tenantId } = await fleet.provision(template)
    expect(await fleet.ended(operationId)).toBe('failed')
    expect(await errorOf(operationId)).toMatchObject({
      code: '57014',
      step: 'seed',
      undone: true,
      attempt: 1,
    })
    expect((await fleet.inventory()).filter(({ name }) => name.startsWith(tenantId ?? '-'))).toEqual([])
  })
})
