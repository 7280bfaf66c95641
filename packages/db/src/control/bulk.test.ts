import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulk, bulkItem, user } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { newId } from './new-id.ts'

let control: ControlTestDatabase
const userId = newId('us')
beforeAll(async () => {
  control = await createControlDatabase()
  await control.db.insert(user).values({ id: userId, email: 'ana@tenantry.test', name: 'Ana', role: 'admin' })
})
afterAll(() => control.drop())

async function newBulk(change: Partial<typeof bulk.$inferInsert> = {}) {
  const id = newId('bk')
  await control.db.insert(bulk).values({
    id,
    kind: 'tenant.suspend',
    total: 1,
    window: 16,
    requestedBy: userId,
    idempotencyKey: id,
    requestHash: '',
    ...change,
  })
  return id
}
const set = (id: string, change: string) =>
  control.db.execute(sql`update control.bulk set ${sql.raw(change)} where id = ${id}`)
const newItem = (bulkId: string, change: Partial<typeof bulkItem.$inferInsert> = {}) =>
  control.db.insert(bulkItem).values({ bulkId, ordinal: 1, ...change })
const broken = (constraint: string) => ({ cause: { constraint } })
const refusal = { code: 'slug_taken', message: '', group: '' } as const

describe('a bulk', () => {
  it('is one per idempotency key of a person', async () => {
    const idempotencyKey = 'only once'
    await newBulk({ idempotencyKey })
    await expect(newBulk({ idempotencyKey })).rejects.toMatchObject(broken('bulk_is_one_per_idempotency_key'))
  })

  it('concerns somebody, within a window of 1 to 500', async () => {
    await expect(newBulk({ total: 0 })).rejects.toMatchObject(broken('bulk_has_items'))
    for (const window of [0, 501]) {
      await expect(newBulk({ window })).rejects.toMatchObject(broken('bulk_window_is_bounded'))
    }
  })

  it('has an end and its count in its last states, and in no other', async () => {
    const id = await newBulk()
    await expect(set(id, `outcome = '{}'`)).rejects.toMatchObject(broken('bulk_outcome_iff_final'))
    await expect(set(id, `state = 'finished'`)).rejects.toMatchObject(broken('bulk_finished_iff_final'))
    await expect(set(id, `state = 'finished', finished_at = now()`)).rejects.toMatchObject(
      broken('bulk_outcome_iff_final'),
    )
    await set(id, `state = 'finished', finished_at = now(), outcome = '{}'`)
  })

  it('says why Tenantry paused it only while it is paused', async () => {
    const id = await newBulk()
    await expect(set(id, `pause_reason = 'x'`)).rejects.toMatchObject(
      broken('bulk_pause_has_reason_only_while_paused'),
    )
    await set(id, `state = 'paused', pause_reason = 'x'`)
  })

  it('moves only along its arrows', async () => {
    const id = await newBulk()
    await expect(set(id, `state = 'cancelled'`)).rejects.toMatchObject({ cause: { code: 'TC001' } })
  })
})

describe('an item of a bulk', () => {
  it.each([
    [
      'is requested exactly when it has an operation',
      { state: 'requested' },
      'bulk_item_requested_iff_operation',
    ],
    [
      'has an operation only when it is requested',
      { operationId: 'op' },
      'bulk_item_requested_iff_operation',
    ],
    ['is refused with a reason', { state: 'refused' }, 'bulk_item_refused_iff_refusal'],
    ['has a refusal only when it is refused', { refusal }, 'bulk_item_refused_iff_refusal'],
    ['is a wrong row only when it is refused', { isWrongRow: true }, 'bulk_item_wrong_row_is_refused'],
  ] as const)('%s', async (_, change, constraint) => {
    await expect(newItem(await newBulk(), change)).rejects.toMatchObject(broken(constraint))
  })

  it('shares its operation with no other', async () => {
    const requested = { state: 'requested', operationId: newId('op') } as const
    await newItem(await newBulk(), requested)
    await expect(newItem(await newBulk(), requested)).rejects.toMatchObject(
      broken('bulk_item_is_one_per_operation'),
    )
  })
})
