import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { checkSlug, getTenant, knownLabels, listTenants, type TenantListing } from './tenants.ts'
import { type Fleet, putTenants, seedFleet, seedOperation, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
const slugs = Array.from({ length: 23 }, (_, i) => `college-${String(i).padStart(2, '0')}`)
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
  const ids = await seedTenants(control.db, fleet, slugs)
  await seedTenants(control.db, fleet, ['unibo'], {
    clusterId: fleet.clusterIds[1],
    displayName: 'Università 100% Bologna_',
    labels: { plan: 'full', region: 'it' },
  })
  await seedTenants(control.db, fleet, ['sorbonne'], { labels: { plan: 'full', region: 'fr' } })
  const gone = await seedTenants(control.db, fleet, ['gone'])
  await putTenants(control, gone, 'discarded')
  await putTenants(control, ids.slice(0, 3), 'active')
})
afterAll(() => control.drop())

async function everyPage(listing: TenantListing): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listTenants(control.db, { ...listing, cursor })
    expect(page.items.length).toBeLessThanOrEqual(listing.limit ?? 50)
    seen.push(...page.items.map(({ slug }) => slug))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return seen
}
const found = async (listing: TenantListing) =>
  (await listTenants(control.db, { sort: 'slug', ...listing })).items.map(({ slug }) => slug)

describe('the list of tenants', () => {
  describe.each(['created', 'updated', 'slug'] as const)('sorted by %s', (sort) => {
    it.each(['asc', 'desc'] as const)(
      'goes %s through everything once, page by page, also where many rows are of one moment',
      async (dir) => {
        const whole = await everyPage({ sort, dir, limit: 200 })
        expect(whole).toHaveLength(25)
        for (const limit of [1, 4, 25]) expect(await everyPage({ sort, dir, limit })).toEqual(whole)
        const back = await everyPage({ sort, dir: dir === 'asc' ? 'desc' : 'asc', limit: 7 })
        expect(back).toEqual(whole.toReversed())
      },
    )
  })

  it('loses nothing and repeats nothing while tenants come between two pages', async () => {
    const first = await listTenants(control.db, { sort: 'slug', limit: 5 })
    await seedTenants(control.db, fleet, ['aaa-new'])
    const second = await listTenants(control.db, { sort: 'slug', limit: 5, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ slug }) => slug)).toEqual(slugs.slice(0, 10))
    await putTenants(
      control,
      (await listTenants(control.db, { text: 'aaa-new' })).items.map(({ id }) => id),
      'discarded',
    )
  })

  it('counts what the filter lets through, however short the page', async () => {
    const page = await listTenants(control.db, { text: 'college-', limit: 2 })
    expect(page.items).toHaveLength(2)
    expect(page.total).toBe(23)
  })

  it.each([
    ['part of the slug', { text: 'UNIB' }, ['unibo']],
    ['part of the name', { text: 'bologna' }, ['unibo']],
    ['letters that mean something in SQL patterns', { text: '100% bologna_' }, ['unibo']],
    ['nothing like it', { text: "%' or 1=1 --" }, []],
    ['a state', { states: ['active'] as const }, slugs.slice(0, 3)],
    ['discarded ones, when asked for', { states: ['discarded'] as const, text: 'gone' }, ['gone']],
    ['a label', { labels: { plan: 'full' } }, ['sorbonne', 'unibo']],
    ['several labels', { labels: { plan: 'full', region: 'fr' } }, ['sorbonne']],
    ['a label of another value', { labels: { plan: 'lite' } }, []],
    ['no label, no filter', { labels: {}, text: 'sorb' }, ['sorbonne']],
  ])('finds by %s', async (_, listing, expected) => {
    expect(await found(listing)).toEqual(expected)
  })

  it('finds by cluster and by id', async () => {
    expect(await found({ clusterId: fleet.clusterIds[1] })).toEqual(['unibo'])
    const unibo = await getTenant(control.db, { slug: 'unibo' })
    expect(await found({ text: unibo?.id })).toEqual(['unibo'])
  })

  it.each(['', 'x', 'e30', Buffer.from('["a"]').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      if (cursor === '') expect(await found({ cursor })).toHaveLength(25)
      else await expect(listTenants(control.db, { cursor })).rejects.toMatchObject({ code: 'invalid_input' })
    },
  )
})

describe('one tenant', () => {
  it('is found by slug and by id, with the operation that is at work on it', async () => {
    const [id = ''] = await seedTenants(control.db, fleet, ['at-work'])
    const operationId = await seedOperation(control.db, fleet, { tenantId: id })
    const bySlug = await getTenant(control.db, { slug: 'at-work' })
    expect(bySlug).toEqual(await getTenant(control.db, { id }))
    expect(bySlug).toMatchObject({
      id,
      clusterName: 'eu-1',
      templateName: 'University',
      ownerName: 'Ana Ruiz',
      operation: { id: operationId, kind: 'tenant.provision', state: 'queued' },
      lastOperationId: operationId,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      activatedAt: null,
    })
    expect(bySlug?.quotas.map(({ resource }) => resource)).toContain('storage_bytes')
    await control.pool.query("update control.operation set state = 'cancelled', finished_at = now()")
    expect((await getTenant(control.db, { id }))?.operation).toBeNull()
  })

  it('of a slug that was given up and taken again is the one that has it now', async () => {
    const [first = ''] = await seedTenants(control.db, fleet, ['again'])
    await putTenants(control, [first], 'discarded')
    expect((await getTenant(control.db, { slug: 'again' }))?.id).toBe(first)
    const [second] = await seedTenants(control.db, fleet, ['again'])
    expect((await getTenant(control.db, { slug: 'again' }))?.id).toBe(second)
  })

  it('that nobody made is not there', async () => {
    expect(await getTenant(control.db, { slug: 'nobody' })).toBeUndefined()
  })
})

describe('a slug', () => {
  it.each([
    ['fresh', { available: true, schemaName: 't_fresh' }],
    [' two-words ', { available: true, slug: 'two-words', schemaName: 't_two_words' }],
    ['gone', { available: true }],
    [
      'unibo',
      { available: false, reason: 'Taken by Università 100% Bologna_', holder: { state: 'provisioning' } },
    ],
    ['postgres', { available: false, reason: 'This slug is reserved', holder: null }],
    ['ab', { available: false, reason: 'A slug has at least 3 characters' }],
  ])('%j: says whether it is free, and why not', async (typed, expected) => {
    expect(await checkSlug(control.db, typed)).toMatchObject(expected)
  })
})

it('knows the labels in use, with their values and how many tenants have them', async () => {
  expect(await knownLabels(control.db)).toEqual([
    { key: 'plan', values: [{ value: 'full', tenants: 2 }] },
    {
      key: 'region',
      values: [
        { value: 'fr', tenants: 1 },
        { value: 'it', tenants: 1 },
      ],
    },
  ])
})
