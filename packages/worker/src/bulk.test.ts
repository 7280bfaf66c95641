import {
  awaitOperation,
  feedBulk,
  importTenants,
  pauseBulk,
  runVerb,
  startBulk,
  systemActor,
} from '@tenantry/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let templateId: string
beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
  templateId = await fleet.template()
})
afterAll(() => fleet.close())

let count = 0
const importMany = (slugs: string[], change = {}) =>
  runVerb(
    fleet.core,
    systemActor,
    importTenants,
    importTenants.input.parse({
      idempotencyKey: `import-${++count}-bulk`,
      rows: slugs.map((slug) => ({ slug })),
      template: templateId,
      reason: 'moved in',
      acknowledgeWrong: 0,
      ...change,
    }),
  )
const bulkOf = async (id: string) =>
  (await fleet.rows(`select state, outcome from control.bulk where id = '${id}'`))[0]
/** Feeds until nothing is left; the workers' own duty does the same, and both may. */
const over = async (id: string) => {
  for (;;) {
    const row = await bulkOf(id)
    if (row.outcome) return row
    await feedBulk(fleet.core, id)
    const [next] = await fleet.rows(
      `select id from control.operation where bulk_id = '${id}' and finished_at is null order by id limit 1`,
    )
    if (next) await awaitOperation(fleet.core, next.id, AbortSignal.timeout(20_000))
  }
}
const slugs = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}-${i}`)

it('provisions many and suspends them again, each once, with two workers at it', async () => {
  await fleet.work()
  const imported = await importMany(slugs('many', 12), { window: 4 })
  expect(await over(imported.bulkId)).toMatchObject({ state: 'finished', outcome: { succeeded: 12 } })
  const suspended = await runVerb(
    fleet.core,
    systemActor,
    startBulk,
    startBulk.input.parse({
      idempotencyKey: 'suspend-many',
      kind: 'tenant.suspend',
      target: { filter: { text: 'many-' } },
      reason: 'unpaid',
    }),
  )
  expect(await over(suspended.bulkId)).toMatchObject({ state: 'finished', outcome: { succeeded: 12 } })
  expect(
    await fleet.rows(
      `select state, count(*)::int from control.tenant where slug like 'many-%' group by state`,
    ),
  ).toEqual([{ state: 'suspended', count: 12 }])
  expect(
    await fleet.rows(
      `select max(count)::int from (select count(*) from control.operation where bulk_id is not null group by bulk_id, tenant_id) x`,
    ),
  ).toEqual([{ max: 1 }])
})

it('groups failures of one cause, whatever the tenant is called', async () => {
  const taken = slugs('squat', 3)
  for (const slug of taken) await fleet.cluster.pool.query(`create schema t_${slug.replace('-', '_')}`)
  const { bulkId } = await importMany([...taken, 'no-squatter'])
  expect(await over(bulkId)).toMatchObject({ outcome: { succeeded: 1, failed: 3 } })
  const groups = await fleet.rows(
    `select error->>'group' as "group", count(*)::int from control.operation
      where bulk_id = '${bulkId}' and state = 'failed' group by 1`,
  )
  expect(groups).toEqual([{ group: expect.stringMatching(/^TN005 /), count: 3 }])
})

it('lets what is in flight end while it is paused', async () => {
  const { bulkId } = await importMany(slugs('pause', 6), { window: 2 })
  await feedBulk(fleet.core, bulkId)
  await runVerb(fleet.core, systemActor, pauseBulk, { bulkId })
  const children = await fleet.rows(`select id from control.operation where bulk_id = '${bulkId}'`)
  for (const { id } of children) {
    expect(await awaitOperation(fleet.core, id, AbortSignal.timeout(20_000))).toBe('succeeded')
  }
  expect(await feedBulk(fleet.core, bulkId)).toBe(false)
  expect(await fleet.rows(`select id from control.operation where bulk_id = '${bulkId}'`)).toHaveLength(
    children.length,
  )
  expect(await bulkOf(bulkId)).toMatchObject({ state: 'paused', outcome: null })
})
