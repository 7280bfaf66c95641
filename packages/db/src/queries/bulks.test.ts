import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../control/new-id.ts'
import { bulk, bulkItem, cluster, operation, user } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { getBulk, listBulkItems, listBulks } from './index.ts'

let control: ControlTestDatabase
const ids = { user: newId('us'), cluster: newId('cl') }
beforeAll(async () => {
  control = await createControlDatabase()
  await control.db
    .insert(user)
    .values({ id: ids.user, email: 'ana@tenantry.test', name: 'Ana', role: 'admin' })
  await control.db.insert(cluster).values({ id: ids.cluster, name: 'eu-1', adminUrl: '', workerUrl: '' })
})
afterAll(() => control.drop())

const query = (text: string) => control.pool.query(text)

/** A bulk with an item of each letter: d(one), f(ailed), q(ueued), p(ending), r(efused), w(rong row). */
async function newBulk(letters: string) {
  const id = newId('bk')
  await control.db.insert(bulk).values({
    id,
    kind: 'tenant.provision',
    total: letters.length,
    window: 16,
    requestedBy: ids.user,
    idempotencyKey: id,
    requestHash: '',
  })
  for (const [index, letter] of [...letters].entries()) {
    const item = { bulkId: id, ordinal: index + 1, input: { slug: `row-${index + 1}` } }
    if (letter === 'p') await control.db.insert(bulkItem).values(item)
    else if ('rw'.includes(letter)) {
      const group = letter === 'r' ? 'slug_taken Taken' : 'invalid_input slug: Bad'
      const refusal = { code: 'slug_taken', message: 'Taken', group } as const
      await control.db
        .insert(bulkItem)
        .values({ ...item, state: 'refused', refusal, isWrongRow: letter === 'w' })
    } else {
      const operationId = newId('op')
      await control.db.insert(operation).values({
        id: operationId,
        kind: 'tenant.provision',
        bulkId: id,
        clusterId: ids.cluster,
        priority: 60,
        maxAttempts: 6,
        deadlineSeconds: 60,
        requestedBy: ids.user,
        idempotencyKey: operationId,
        requestHash: '',
      })
      await control.db.insert(bulkItem).values({ ...item, state: 'requested', operationId })
      if (letter === 'q') continue
      await query(`update control.operation set state = 'running', worker_id = 'w', lease_until = now(),
        started_at = now() where id = '${operationId}'`)
      const over = `worker_id = null, lease_until = null, finished_at = now() where id = '${operationId}'`
      if (letter === 'd') await query(`update control.operation set state = 'succeeded', ${over}`)
      else {
        await query(`update control.operation set state = 'undoing' where id = '${operationId}'`)
        await query(`update control.operation set state = 'failed', error =
          '{"code":"22012","message":"division by zero in t_row_${index}","group":"22012 division by zero in …"}', ${over}`)
      }
    }
  }
  return id
}

describe('getBulk', () => {
  it('counts items by what became of them, and groups failures by cause', async () => {
    const id = await newBulk('ddffqprw')
    const found = await getBulk(control.db, id)
    expect(found).toMatchObject({
      total: 8,
      counts: {
        succeeded: 2,
        failed: 2,
        queued: 1,
        pending: 1,
        refused: 2,
        running: 0,
        cancelled: 0,
        skipped: 0,
      },
      wrongRows: 1,
      putOff: 0,
      requestedByName: 'Ana',
    })
    expect(found?.failures).toEqual([
      {
        group: '22012 division by zero in …',
        code: '22012',
        message: 'division by zero in …',
        count: 2,
        isRetriable: true,
        example: expect.objectContaining({
          ordinal: 3,
          slug: 'row-3',
          message: 'division by zero in t_row_2',
        }),
      },
      expect.objectContaining({ code: 'slug_taken', count: 1, isRetriable: false }),
      expect.objectContaining({ code: 'slug_taken', count: 1, isRetriable: true }),
    ])
  })

  it('tells the rate of the last minute and the time left, and neither when nothing moves', async () => {
    const moving = await getBulk(control.db, await newBulk('ddpp'))
    expect(moving?.perSecond).toBeGreaterThan(0)
    expect(moving?.secondsLeft).toBeCloseTo(2 / (moving?.perSecond ?? 0))
    expect(await getBulk(control.db, await newBulk('pp'))).toMatchObject({ perSecond: 0, secondsLeft: null })
  })

  it('knows none of another id', async () => {
    expect(await getBulk(control.db, newId('bk'))).toBeUndefined()
  })
})

describe('listBulkItems', () => {
  it('goes through the items in their order, page by page', async () => {
    const bulkId = await newBulk('dfqpr')
    const first = await listBulkItems(control.db, { bulkId, limit: 3 })
    expect(first.items.map(({ ordinal, outcome }) => [ordinal, outcome])).toEqual([
      [1, 'succeeded'],
      [2, 'failed'],
      [3, 'queued'],
    ])
    const rest = await listBulkItems(control.db, { bulkId, limit: 3, cursor: first.nextCursor ?? '' })
    expect(rest.items.map(({ ordinal, outcome }) => [ordinal, outcome])).toEqual([
      [4, 'pending'],
      [5, 'refused'],
    ])
    expect(rest.nextCursor).toBeNull()
  })

  it('shows those of one outcome, or the failures of one cause', async () => {
    const bulkId = await newBulk('dfrw')
    const ordinals = async (over: object) =>
      (await listBulkItems(control.db, { bulkId, ...over })).items.map(({ ordinal }) => ordinal)
    expect(await ordinals({ outcomes: ['refused'] })).toEqual([3, 4])
    expect(await ordinals({ group: '22012 division by zero in …' })).toEqual([2])
    expect(await ordinals({ group: 'slug_taken Taken' })).toEqual([3])
  })
})

describe('listBulks', () => {
  it('lists them newest first, by state, with the count taken at their end', async () => {
    const id = await newBulk('p')
    const outcome = { succeeded: 7 }
    await query(`update control.bulk set state = 'finished', finished_at = now(),
      outcome = '${JSON.stringify(outcome)}' where id = '${id}'`)
    const running = await newBulk('pp')
    const all = await listBulks(control.db, { limit: 2 })
    expect(all.items.map((row) => row.id)).toEqual([running, id])
    expect(all.items[1]?.counts).toEqual(outcome)
    expect(
      (await listBulks(control.db, { limit: 2, cursor: all.nextCursor ?? '' })).items.length,
    ).toBeGreaterThan(0)
    expect((await listBulks(control.db, { states: ['finished'] })).items.map((row) => row.id)).toEqual([id])
  })
})
