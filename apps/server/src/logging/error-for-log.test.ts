import { user } from '@tenantry/db/schema'
import { createControlDatabase } from '@tenantry/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorForLog } from './error-for-log.ts'

const secret = '$argon2id$v=19$secret'
let control: Awaited<ReturnType<typeof createControlDatabase>>
beforeAll(async () => {
  control = await createControlDatabase()
})
afterAll(() => control.drop())

const logged = async (query: Promise<unknown>) =>
  JSON.stringify(
    errorForLog(
      await query.then(
        () => {
          throw new Error('the query was to fail')
        },
        (error: unknown) => error,
      ),
    ),
  )

describe('an error in the log', () => {
  it('holds none of a query’s parameters, however many lines they have', async () => {
    const name = `first\n    at noon\nlast ${secret}`
    const add = () =>
      control.db.insert(user).values({ id: 'us_1', email: 'x@example.org', name, role: 'admin' })
    await add()
    const text = await logged(add())
    expect(text).toMatch(/Failed query: insert into/)
    expect(text).toMatch(/duplicate key value violates/)
    expect(text).toMatch(/at .*pg-core|at .*node-postgres/)
    expect(text).not.toMatch(/noon|last|argon2id/)
  })

  it.each([
    ['a missing value', null, 'admin', '23502'],
    ['a broken check', 'y@example.org', 'emperor', '23514'],
  ])('quotes no row for %s', async (_, email, role, code) => {
    const text = await logged(
      control.pool.query(
        `insert into control."user" (id, email, name, role, password_hash) values ('us_2', $1, 'Y', $2, $3)`,
        [email, role, secret],
      ),
    )
    expect(text).toContain(code)
    expect(text).not.toMatch(/Failing row|argon2id/)
  })

  it('keeps the detail of other faults', () => {
    const fault = Object.assign(new Error('too many'), { code: '53300', detail: 'remaining slots' })
    expect(errorForLog(fault)).toMatchObject({ detail: 'remaining slots' })
  })
})
