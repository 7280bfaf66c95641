import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type Reply, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const dataOf = (reply: Reply) => reply.body.result?.data
const refusalOf = (reply: Reply) => reply.body.error?.data.tenantry
const rows = (count: number, wrong: readonly number[] = []) =>
  Array.from({ length: count }, (_, i) => ({
    slug: wrong.includes(i) ? `Wrong ${i}` : `row-${i}`,
    displayName: `A college with a name of some length, number ${i}`,
    notes: 'Moved in from the old system, with all that was known of it at that time.'.repeat(2),
  }))

describe('an import of 10,000 rows of which 3 are wrong', () => {
  const list = rows(10_000, [17, 4000, 9999])
  const wish = { idempotencyKey: 'ten thousand', rows: list, template: 'university', reason: 'moved in' }

  it('is checked as a whole: 9,997 good, and the wrong ones by row and column', async () => {
    const reply = await api.tell('bulks.check', { rows: list, template: 'university' }, { as: 'viewer' })
    expect(dataOf(reply)).toEqual({
      goodRows: 9997,
      wrongRows: 3,
      faults: [18, 4001, 10_000].map((row) => expect.objectContaining({ row, column: 'slug' })),
    })
  })

  it('is refused until the wrong ones are acknowledged and the good ones counted, and changes nothing', async () => {
    for (const [over, field] of [
      [{ acknowledgeWrong: 0, expectCount: 9997 }, 'acknowledgeWrong'],
      [{ acknowledgeWrong: 3 }, 'expectCount'],
      [{ acknowledgeWrong: 3, expectCount: 10_000 }, 'expectCount'],
    ] as const) {
      const reply = await api.tell('bulks.import', { ...wish, ...over }, { as: 'operator' })
      expect(refusalOf(reply)).toMatchObject({ detail: { field, count: field === 'expectCount' ? 9997 : 3 } })
    }
    expect(dataOf(await api.ask('bulks.list', {}, { as: 'viewer' })).total).toBe(0)
  })

  it('takes the good ones, and shows the wrong ones as refused items', async () => {
    const reply = await api.tell(
      'bulks.import',
      { ...wish, acknowledgeWrong: 3, expectCount: 9997 },
      { as: 'operator' },
    )
    const { bulkId, total } = dataOf(reply)
    expect(total).toBe(10_000)
    const bulk = dataOf(await api.ask('bulks.get', { id: bulkId }, { as: 'viewer' }))
    expect(bulk).toMatchObject({ state: 'running', counts: { pending: 9997, refused: 3 }, wrongRows: 3 })
    const { items } = dataOf(
      await api.ask('bulks.items', { bulkId, outcomes: ['refused'] }, { as: 'viewer' }),
    )
    expect(items.map(({ ordinal }: { ordinal: number }) => ordinal)).toEqual([18, 4001, 10_000])
  })
})

it('refuses a bulk to whoever may not do the same to one tenant, and audits it', async () => {
  const wish = {
    idempotencyKey: newId('bk'),
    kind: 'tenant.purge',
    target: { filter: { text: 'x' } },
    reason: 'erase',
    expectCount: 1,
  }
  const reply = await api.tell('bulks.start', wish, { as: 'operator' })
  expect(reply.status).toBe(403)
  expect(refusalOf(reply)).toMatchObject({ code: 'forbidden', detail: { permission: 'tenant.purge' } })
  const { rows: denied } = await api.control.pool.query(
    `select from control.audit where action = 'bulk.start' and outcome = 'denied' and error_code = 'forbidden'`,
  )
  expect(denied).toHaveLength(1)
})

it('refuses a filter that matches nothing', async () => {
  const wish = {
    idempotencyKey: newId('bk'),
    kind: 'tenant.suspend',
    target: { filter: { text: 'nobody-is-called-so' } },
    reason: 'unpaid',
  }
  expect(refusalOf(await api.tell('bulks.start', wish, { as: 'operator' }))).toMatchObject({
    code: 'invalid_input',
    message: 'No tenant matches this filter.',
    detail: { field: 'target', count: 0 },
  })
})

it('wants the password once more for what is severe for one tenant, and not for the rest', async () => {
  const cookie = await api.newCookie('admin')
  await api.control.pool.query(`update control.session set confirmed_at = now() - interval '11 minutes'`)
  const wish = { target: { filter: { text: 'nobody-is-called-so' } }, reason: 'left us', expectCount: 1 }
  const codeFor = async (kind: string) =>
    refusalOf(await api.tell('bulks.start', { ...wish, kind, idempotencyKey: newId('bk') }, { cookie })).code
  expect(await codeFor('tenant.archive')).toBe('password_required')
  expect(await codeFor('tenant.purge')).toBe('password_required')
  expect(await codeFor('tenant.suspend')).toBe('invalid_input')
})
