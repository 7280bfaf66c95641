import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { type Fleet, putTenants, seedFleet, seedTenants } from './testing/seed-fleet.ts'
import { exportUsage, getTenantUsage, listClusterUsage, noisyTenants, topTenants } from './usage.ts'
import { forecastStorage } from './usage-forecast.ts'
import { getUsageSeries } from './usage-series.ts'

let control: ControlTestDatabase
let fleet: Fleet
let ids: string[]
const ask = async (query: string) => (await control.pool.query(query)).rows
/** Usage of the nth tenant, as the collector writes it. */
const record = (n: number, row: object) =>
  ask(`select control.record_usage((select cluster_id from control.tenant where id = '${ids[n]}'),
    '[${JSON.stringify({ tenant_id: ids[n], signature: {}, ...row })}]')`)

beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
  const slugs = Array.from({ length: 12 }, (_, n) => `college-${n + 10}`)
  ids = [
    ...(await seedTenants(control.db, fleet, slugs.slice(0, 8))),
    ...(await seedTenants(control.db, fleet, slugs.slice(8), { clusterId: fleet.clusterIds[1] })),
  ]
  await putTenants(control, ids, 'active')
  for (const n of ids.keys()) {
    await record(n, { bytes: (n + 1) * 1000, relations: 5, rows: 10, connections: 0, rows_written: 100 })
  }
})
afterAll(() => control.drop())

describe('the questions for usage', () => {
  it('name the tenants that use the most, with what that is of the whole', async () => {
    const top = await topTenants(control.db, { by: 'bytes', limit: 3 })
    const all = ids.length
    expect(top.items.map(({ id, value }) => [id, value])).toEqual([
      [ids[all - 1], all * 1000],
      [ids[all - 2], (all - 1) * 1000],
      [ids[all - 3], (all - 2) * 1000],
    ])
    expect(top.total).toBe((1000 * all * (all + 1)) / 2)
    expect(top.items[0]?.week).toEqual([all * 1000])
    const [clusterId] = fleet.clusterIds
    const here = await topTenants(control.db, { by: 'rows', clusterId, limit: 200 })
    expect(new Set(here.items.map(({ clusterName }) => clusterName))).toEqual(new Set(['eu-1']))
  })

  it('tell what one tenant uses, and nothing of one that nobody has looked at', async () => {
    expect(await getTenantUsage(control.db, ids[0] ?? '')).toMatchObject({
      bytes: 1000,
      relations: 5,
      calls: null,
      absentSince: null,
    })
    expect(await getTenantUsage(control.db, 'tn_00000000000000000000000000')).toBeNull()
  })

  it('find the tenant that takes more of its cluster than all its neighbours', async () => {
    expect(await noisyTenants(control.db)).toEqual([])
    await ask("update control.usage_sample set at = at - interval '30 minutes'")
    for (const n of ids.keys()) {
      await record(n, { bytes: 1000, rows_written: n === 0 ? 100 + 360_000 : 100 + 3600, connections: 1 })
    }
    const noisy = await noisyTenants(control.db)
    expect(noisy).toMatchObject([{ id: ids[0], of: 'rowsWritten', amount: 100 }])
    expect(noisy[0]?.share).toBeGreaterThan(0.9)
  })

  it('draw what has not changed as a line, and a gap where nobody looked', async () => {
    await ask('delete from control.usage_sample')
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
    await ask(`insert into control.usage_sample (tenant_id, at, bytes, rows_written) values
      ('${ids[0]}', '${at(50)}', 5, 100), ('${ids[0]}', '${at(10)}', 7, 160), ('${ids[0]}', '${at(9)}', 8, 220)`)
    const tenantId = ids[0] ?? ''
    const bytes = await getUsageSeries(control.db, { metric: 'tenant_bytes', tenantId, range: '1h' })
    expect(bytes.value).toHaveLength(60)
    expect(bytes.value.filter((value) => value === 5)).toHaveLength(21)
    expect(bytes.value[35]).toBeNull()
    expect(bytes.value.at(-1)).toBe(8)
    const written = await getUsageSeries(control.db, { metric: 'tenant_rows_written', tenantId, range: '1h' })
    expect(written.value.filter((rate) => rate === 1)).toHaveLength(1)
    expect(written.value.at(-1)).toBe(0)
  })

  it('forecast when a tenant reaches its quota, from its days', async () => {
    const tenantId = ids[1] ?? ''
    for (let day = 30; day >= 1; day--) {
      await ask(`select control.keep_partition('usage_day', 'year', now() - interval '${day} days')`)
      await ask(`insert into control.usage_day (tenant_id, at, bytes)
        values ('${tenantId}', date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - interval '${day} days', ${(31 - day) * 1e6})`)
    }
    await ask(`insert into control.sampling (name, until) values
      ('hours', date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'), ('days', date_trunc('day', now() at time zone 'UTC') at time zone 'UTC')`)
    const open = await forecastStorage(control.db, { tenantId })
    expect(open).toMatchObject({ step: 'day', limit: null, crossing: null })
    expect((open.line?.slope ?? 0) * 86_400_000).toBeCloseTo(1e6, -2)
    await ask(`insert into control.quota (tenant_id, resource, "limit", set_by) values
      ('${tenantId}', 'storage_bytes', 60000000, '${fleet.userId}'), (null, 'storage_bytes', 1, '${fleet.userId}')`)
    const limited = await forecastStorage(control.db, { tenantId })
    expect(limited).toMatchObject({ limit: 60_000_000, limitedBy: 'quota' })
    // 30 days from the last one.
    const days = ((limited.crossing?.at ?? 0) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(28)
    expect(days).toBeLessThan(30.1)
  })

  it('say of each cluster what its tenants use together and when that was collected', async () => {
    await ask(`insert into control.usage_collection (cluster_id, run, started_at, ended_at, collected_at, took_ms)
      values ('${fleet.clusterIds[0]}', 1, now(), now(), now(), 120)`)
    const [first, second] = await listClusterUsage(control.db)
    expect(first).toMatchObject({ name: 'eu-1', tookMs: 120, fault: null })
    expect(first?.bytes).toBeGreaterThan(0)
    expect(second).toMatchObject({ name: 'eu-2', collectedAt: null })
  })

  it('export every tenant, measured or not', async () => {
    const rows = await exportUsage(control.db)
    expect(rows.length).toBeGreaterThanOrEqual(ids.length)
    expect(rows.find(({ tenant }) => tenant === ids[0])).toMatchObject({ bytes: 1000, rows_written: 360_100 })
  })
})
