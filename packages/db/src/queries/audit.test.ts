import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { type AuditListing, listAudit, proveAudit } from './audit.ts'
import { type Fleet, seedFleet, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
let tenantId: string
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
  const [unibo = ''] = await seedTenants(control.db, fleet, ['unibo'])
  tenantId = unibo
  const row = (over: Partial<typeof audit.$inferInsert>) => ({
    chain: 'system',
    actorId: fleet.userId,
    actorName: 'Ana Ruiz',
    action: 'quota.set' as const,
    outcome: 'succeeded' as const,
    ...over,
  })
  await control.db.insert(audit).values([
    ...Array.from({ length: 9 }, () => row({})),
    ...Array.from({ length: 4 }, () =>
      row({ chain: tenantId, action: 'tenant.annotate', targetKind: 'tenant', targetId: tenantId }),
    ),
    row({
      action: 'session.refuse',
      outcome: 'denied',
      actorName: 'anonymous',
      actorId: 'anonymous',
      address: '10.1.2.3',
    }),
    row({ targetKind: 'tenant', targetId: tenantId, before: { limit: 1 }, after: { limit: 2 } }),
  ])
})
afterAll(() => control.drop())

const count = async (listing: AuditListing) => (await listAudit(control.db, listing)).total

describe('the audit log', () => {
  it('goes from the newest to the oldest through all chains, page by page', async () => {
    const whole = (await listAudit(control.db, { limit: 200 })).items.map(({ id }) => id)
    expect(new Set(whole).size).toBe(15)
    for (const limit of [1, 4]) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listAudit(control.db, { limit, cursor })
        expect(page.total).toBe(15)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(seen).toEqual(whole)
    }
  })

  it('shows what was there before and after, and the tenant by its slug', async () => {
    const { items } = await listAudit(control.db, { targetId: tenantId, actions: ['quota.set'] })
    expect(items).toMatchObject([
      { tenantSlug: 'unibo', before: { limit: 1 }, after: { limit: 2 }, chain: 'system' },
    ])
    expect(items[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is filtered by action, outcome, actor, tenant, time and text', async () => {
    const now = new Date()
    expect(await count({ actions: ['tenant.annotate'] })).toBe(4)
    expect(await count({ outcomes: ['denied'] })).toBe(1)
    expect(await count({ actorId: 'anonymous' })).toBe(1)
    expect(await count({ tenantId })).toBe(4)
    expect(await count({ text: '10.1.2' })).toBe(1)
    expect(await count({ text: 'unib' })).toBe(5)
    expect(await count({ text: 'RUIZ' })).toBe(14)
    expect(await count({ from: new Date(now.getTime() + 1000) })).toBe(0)
    expect(await count({ to: new Date(now.getTime() + 1000) })).toBe(15)
    expect(await count({ to: new Date(now.getTime() - 600_000) })).toBe(0)
  })
})

describe('the proof', () => {
  it('says that nothing was changed, over how much', async () => {
    expect(await proveAudit(control.db)).toMatchObject({ intact: true, chains: 2, rows: 15, faults: [] })
  })

  it('names the first broken link after somebody has changed a row behind the product’s back', async () => {
    await control.pool.query('alter table control.audit disable trigger user')
    await control.pool.query("update control.audit set actor_name = 'Eve' where chain = 'system' and seq = 4")
    await control.pool.query('alter table control.audit enable trigger user')
    expect(await proveAudit(control.db)).toMatchObject({
      intact: false,
      faults: [{ chain: 'system', seq: 4, fault: 'its words were changed' }],
    })
  })
})
