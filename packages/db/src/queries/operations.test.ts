import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../control/new-id.ts'
import { operationLog, operationStep } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { getOperation, listOperations, readOperationLog } from './operations.ts'
import { endOperation, type Fleet, seedFleet, seedOperation, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
let tenants: string[]
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
  tenants = await seedTenants(control.db, fleet, ['one', 'two', 'three', 'four', 'five'])
})
afterAll(() => control.drop())

describe('the list of operations', () => {
  let ids: string[]
  beforeAll(async () => {
    ids = []
    for (const tenantId of tenants) ids.push(await seedOperation(control.db, fleet, { tenantId }))
    await endOperation(control, ids[0] ?? '', { startedAgo: 10, finishedAgo: 1 })
    await endOperation(control, ids[1] ?? '', { state: 'failed', startedAgo: 10, finishedAgo: 1 })
  })

  it('goes from the newest to the oldest, page by page', async () => {
    const first = await listOperations(control.db, { limit: 3 })
    const second = await listOperations(control.db, { limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed())
    expect(second.nextCursor).toBeNull()
  })

  it('counts every state, whatever states are shown', async () => {
    const page = await listOperations(control.db, { states: ['failed', 'succeeded'] })
    expect(page.items).toHaveLength(2)
    expect(page.total).toBe(2)
    expect(page.byState).toEqual({ queued: 3, failed: 1, succeeded: 1 })
  })

  it('is of one tenant, one kind, or what somebody typed', async () => {
    const of = async (listing: object) =>
      (await listOperations(control.db, listing)).items.map((row) => row.tenantSlug)
    expect(await of({ tenantId: tenants[2] })).toEqual(['three'])
    expect(await of({ text: 'THR' })).toEqual(['three'])
    expect(await of({ text: ids[3] })).toEqual(['four'])
    expect(await of({ kinds: ['tenant.discard'] })).toEqual([])
    expect(await of({ clusterId: fleet.clusterIds[1] })).toEqual([])
  })

  it('says how many go before one that waits on its cluster', async () => {
    expect(await getOperation(control.db, ids[4] ?? '')).toMatchObject({ state: 'queued', queuedBefore: 2 })
    const [tenantId] = await seedTenants(control.db, fleet, ['urgent'])
    const urgent = await seedOperation(control.db, fleet, { tenantId: tenantId ?? null, priority: 1 })
    expect(await getOperation(control.db, urgent)).toMatchObject({ queuedBefore: 0 })
    expect(await getOperation(control.db, ids[0] ?? '')).toMatchObject({ queuedBefore: null })
  })
})

describe('one operation', () => {
  it('shows every step of every attempt in the order in which they began', async () => {
    const id = await seedOperation(control.db, fleet)
    const step = (attempt: number, ordinal: number, second: number, direction: 'up' | 'down' = 'up') => ({
      operationId: id,
      attempt,
      ordinal,
      direction,
      name: ['place', 'roles', 'schema'][ordinal] ?? '',
      state: 'done' as const,
      startedAt: new Date(2026, 0, 1, 0, 0, second),
      finishedAt: new Date(2026, 0, 1, 0, 0, second + 1),
    })
    await control.db
      .insert(operationStep)
      .values([step(2, 1, 5), step(1, 0, 0), step(1, 1, 1), step(2, 1, 8, 'down'), step(2, 0, 4)])
    const found = await getOperation(control.db, id)
    expect(found?.steps.map(({ attempt, name, direction }) => `${attempt} ${name} ${direction}`)).toEqual([
      '1 place up',
      '1 roles up',
      '2 place up',
      '2 roles up',
      '2 roles down',
    ])
    expect(found?.plan.map(({ name }) => name)).toContain('activate')
  })

  it('knows how long such operations take: half of those that succeeded were faster', async () => {
    const kind = 'tenant.discard' as const
    const subject = await seedOperation(control.db, fleet, { kind })
    expect((await getOperation(control.db, subject))?.typical).toEqual({
      operations: 0,
      total: null,
      steps: {},
    })
    for (const seconds of [2, 4, 9]) {
      const id = await seedOperation(control.db, fleet, { kind })
      await endOperation(control, id, { startedAgo: seconds, finishedAgo: 0 })
      const at = Date.now()
      await control.db.insert(operationStep).values({
        operationId: id,
        attempt: 1,
        ordinal: 0,
        name: 'sessions',
        state: 'done',
        startedAt: new Date(at - seconds * 100),
        finishedAt: new Date(at),
      })
    }
    const failed = await seedOperation(control.db, fleet, { kind })
    await endOperation(control, failed, { state: 'failed', startedAgo: 500, finishedAgo: 0 })
    const { typical } = (await getOperation(control.db, subject)) ?? {}
    expect(typical?.operations).toBe(3)
    expect(typical?.total).toBeCloseTo(4)
    expect(typical?.steps.sessions).toBeCloseTo(0.4)
  })

  it('names the one that it does again, and the one that did it again', async () => {
    const old = await seedOperation(control.db, fleet)
    const retry = await seedOperation(control.db, fleet, { retryOf: old })
    expect(await getOperation(control.db, old)).toMatchObject({ retryOf: null, retriedBy: retry })
    expect(await getOperation(control.db, retry)).toMatchObject({ retryOf: old, retriedBy: null })
  })

  it('that nobody asked for is not there', async () => {
    expect(await getOperation(control.db, newId('op'))).toBeUndefined()
  })
})

describe('the log of an operation', () => {
  let operationId: string
  beforeAll(async () => {
    operationId = await seedOperation(control.db, fleet)
    await control.db.insert(operationLog).values(
      Array.from({ length: 50 }, (_, i) => ({
        operationId,
        line: i + 1,
        attempt: 1,
        at: new Date(),
        level: 'info' as const,
        message: `line ${i + 1}`,
      })),
    )
  })
  const lines = async (part: { afterLine?: number; beforeLine?: number; limit?: number }) =>
    (await readOperationLog(control.db, { operationId, ...part })).lines.map(({ line }) => line)

  it('is read from its end, backwards and forwards, in order', async () => {
    expect(await lines({ limit: 3 })).toEqual([48, 49, 50])
    expect(await lines({ beforeLine: 48, limit: 3 })).toEqual([45, 46, 47])
    expect(await lines({ afterLine: 48 })).toEqual([49, 50])
    expect(await lines({ afterLine: 0, limit: 2 })).toEqual([1, 2])
    expect(await lines({ afterLine: 10, beforeLine: 13 })).toEqual([11, 12])
  })

  it('says which line is its last, also when the part ends before', async () => {
    expect((await readOperationLog(control.db, { operationId, afterLine: 0, limit: 1 })).lastLine).toBe(50)
    expect(await readOperationLog(control.db, { operationId: newId('op') })).toEqual({
      lines: [],
      lastLine: 0,
    })
  })
})
