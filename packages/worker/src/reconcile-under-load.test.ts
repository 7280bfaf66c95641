import {
  archiveTenant,
  findDifferences,
  purgeTenant,
  renameTenant,
  restoreTenant,
  resumeTenant,
  rotateCredentials,
  runVerb,
  suspendTenant,
  systemActor,
} from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
let broken: string
beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
  library = await fleet.template()
  broken = await fleet.template(undefined, 'insert into nowhere values (1);', 'broken')
}, 60_000)
afterAll(() => fleet.close())

let count = 0

/** The whole life of one tenant, an operation after the other. */
async function live(n: number): Promise<void> {
  const { operationId, tenantId } = await fleet.provision(library, `load-${n}`)
  expect(await fleet.ended(operationId)).toBe('succeeded')
  const common = { tenantId: tenantId ?? '', reason: 'for a test', confirmSlug: `load-${n}` }
  const after = { ...common, confirmSlug: `moved-${n}` }
  const wish = () => ({ ...common, idempotencyKey: `load-${++count}` })
  const ended = async (request: Promise<{ operationId: string }>) =>
    expect(await fleet.ended((await request).operationId)).toBe('succeeded')
  await ended(runVerb(fleet.core, systemActor, rotateCredentials, { ...wish(), overlapMinutes: 5 }))
  await ended(runVerb(fleet.core, systemActor, suspendTenant, wish()))
  await ended(runVerb(fleet.core, systemActor, resumeTenant, wish()))
  await ended(runVerb(fleet.core, systemActor, renameTenant, { ...wish(), slug: `moved-${n}` }))
  await ended(runVerb(fleet.core, systemActor, archiveTenant, { ...wish(), ...after, keepDays: 0 }))
  await ended(runVerb(fleet.core, systemActor, restoreTenant, wish()))
  await ended(runVerb(fleet.core, systemActor, archiveTenant, { ...wish(), ...after, keepDays: 0 }))
  await ended(runVerb(fleet.core, systemActor, purgeTenant, { ...wish(), ...after, beforeWindowEnds: true }))
}

describe('while operations of every kind are at work', () => {
  it('finds no difference, however often it looks', async () => {
    let living = true
    const lives = Promise.all([
      ...Array.from({ length: 8 }, (_, n) => live(n)),
      ...Array.from({ length: 6 }, async (_, n) => {
        const { operationId } = await fleet.provision(broken, `broken-${n}`)
        expect(await fleet.ended(operationId)).toBe('failed')
      }),
    ]).finally(() => {
      living = false
    })
    let looks = 0
    let busy = 0
    while (living) {
      const seen = await findDifferences(fleet.core.db, fleet.clusterId, fleet.cluster.pool)
      expect(seen.differences).toEqual([])
      looks++
      busy += seen.busy.length
    }
    await lives
    expect(looks).toBeGreaterThan(20)
    expect(busy).toBeGreaterThan(20)
    expect(await fleet.compare()).toEqual([])
    expect(await fleet.rows('select * from control.finding')).toEqual([])
  }, 120_000)
})

describe('a cluster that does not answer', () => {
  it('keeps its findings as they were, and says since when', async () => {
    await fleet.cluster.pool.query('create schema t_by_hand')
    const [before] = await fleet.compare()
    expect(before).toMatchObject({ kind: 'schema_unknown', subject: 't_by_hand' })
    const compared = () => fleet.rows('select compared_at from control.reconciliation')
    const [{ compared_at }] = await compared()

    await fleet.cluster.pool.query('drop schema t_by_hand')
    fleet.cable.cut()
    await expect(fleet.compare()).rejects.toThrow()
    expect(await fleet.rows('select id, state from control.finding')).toEqual([
      { id: before.id, state: 'open' },
    ])
    expect((await compared())[0].compared_at).toEqual(compared_at)

    fleet.cable.mend()
    await expect.poll(() => fleet.compare().catch(() => 'cut off'), { timeout: 20_000 }).toEqual([])
    expect(await fleet.rows('select state from control.finding')).toEqual([{ state: 'resolved' }])
  }, 60_000)
})
