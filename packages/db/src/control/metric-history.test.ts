import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'

let control: ControlTestDatabase
beforeAll(async () => {
  control = await createControlDatabase()
})
afterAll(() => control.drop())

// Through the runtime role: what a worker may do.
const rows = async (query: string) => (await control.db.execute(query)).rows
const partitions = async (table: string) =>
  (
    await rows(`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'control.${table}'::regclass order by 1`)
  ).map(({ name }) => name)
const measure = (metric: string, at: string, value: number, cluster = 'c1') =>
  rows(`select control.record_metrics(
    '[{"metric": "${metric}", "cluster_id": "${cluster}", "value": ${value}}]', '${at}')`)
const history = (metric: string, from: string, to: string, step: string) =>
  rows(`select control.iso(at) as at, value, lowest, highest, average
    from control.metric_history('${metric}', '${from}', '${to}', '${step}') where cluster_id = 'c1'`)

describe('the history of metrics', () => {
  it('takes a measurement on any day, also one that nobody has made a partition for', async () => {
    await measure('cluster_up', '2026-03-01T23:59:59Z', 1)
    await measure('cluster_up', '2026-03-02T00:00:00Z', 0)
    expect(await partitions('metric_sample')).toEqual(
      expect.arrayContaining(['metric_sample_20260301', 'metric_sample_20260302']),
    )
    expect(await history('cluster_up', '2026-03-01T23:59:00Z', '2026-03-02T00:01:00Z', '1 minute')).toEqual([
      { at: '2026-03-01T23:59:00.000Z', value: 1, lowest: 1, highest: 1, average: 1 },
      { at: '2026-03-02T00:00:00.000Z', value: 0, lowest: 0, highest: 0, average: 0 },
    ])
  })

  it('is bucketed with the last value, the least, the most and the mean of each step', async () => {
    await measure('cluster_connections', '2026-03-02T10:00:10Z', 4)
    await measure('cluster_connections', '2026-03-02T10:00:20Z', 9)
    await measure('cluster_connections', '2026-03-02T10:00:50Z', 2)
    expect(
      await history('cluster_connections', '2026-03-02T10:00:30Z', '2026-03-02T10:02:00Z', '1 minute'),
    ).toEqual([{ at: '2026-03-02T10:00:00.000Z', value: 2, lowest: 2, highest: 9, average: 5 }])
  })

  it('says what is now of each cluster by the newest sample', async () => {
    await measure('cluster_tenants', new Date(Date.now() - 60_000).toISOString(), 7, 'c1')
    await measure('cluster_tenants', new Date(Date.now() - 1000).toISOString(), 8, 'c1')
    await measure('cluster_tenants', new Date(Date.now() - 3_600_000).toISOString(), 3, 'gone')
    expect(await rows(`select cluster_id, value from control.metric_now('cluster_tenants')`)).toEqual([
      { cluster_id: 'c1', value: 8 },
    ])
  })

  it('is summed up to hours and days once they are over, drops what is old, and answers across all three', async () => {
    // Three days of a metric that rises by one an hour, twice measured in each.
    const start = Date.parse('2026-04-28T00:00:00Z')
    for (let hour = 0; hour < 72; hour++) {
      for (const half of [0, 30]) {
        const at = new Date(start + hour * 3_600_000 + half * 60_000).toISOString()
        await measure('cluster_relations', at, hour + half / 60)
      }
    }
    await rows("delete from control.metric_sample where at < '2026-04-01'")
    const now = '2026-05-01T00:01:00Z'
    // The last hour is not over: two minutes are left for who is late.
    while (!(await rows(`select control.roll_up_samples('${now}', 30) as done`))[0]?.done) {}
    const hours = await rows(`select count(*)::int as n, control.iso(max(at)) as last from control.metric_hour
      where metric = 'cluster_relations'`)
    expect(hours).toEqual([{ n: 71, last: '2026-04-30T22:00:00.000Z' }])
    const days =
      await rows(`select control.iso(at) as at, value, lowest, highest, average from control.metric_day
      where metric = 'cluster_relations' order by 1`)
    expect(days).toEqual([
      { at: '2026-04-28T00:00:00.000Z', value: 23.5, lowest: 0, highest: 23.5, average: 11.75 },
      { at: '2026-04-29T00:00:00.000Z', value: 47.5, lowest: 24, highest: 47.5, average: 35.75 },
    ])
    const before = await history('cluster_relations', '2026-04-28T00:00Z', '2026-05-01T00:00Z', '1 hour')
    expect(before).toHaveLength(72)

    await rows(`select control.keep_sample_partitions('2026-04-30', null, null, '${now}')`)
    expect(await partitions('metric_sample')).not.toContain('metric_sample_20260429')
    expect(await history('cluster_relations', '2026-04-28T00:00Z', '2026-05-01T00:00Z', '1 hour')).toEqual(
      before,
    )
    // Of the days whose measurements are gone there are hours, of the others minutes.
    const fine = await history('cluster_relations', '2026-04-29T22:00Z', '2026-04-30T01:00Z', '30 minutes')
    expect(fine.map(({ value }) => value)).toEqual([46.5, 47.5, 48, 48.5])
    expect(
      await history('cluster_relations', '2026-04-28T00:00Z', '2026-05-01T00:00Z', '1 day'),
    ).toMatchObject([
      { value: 23.5, average: 11.75 },
      { value: 47.5, average: 35.75 },
      { value: 71.5, highest: 71.5 },
    ])
  })

  it('sums nothing up twice, and drops nothing that is not summed up', async () => {
    await rows("select control.roll_up_samples('2026-05-01T00:01:00Z')")
    expect(
      await rows("select count(*)::int as n from control.metric_hour where metric = 'cluster_relations'"),
    ).toEqual([{ n: 71 }])
    await measure('cluster_relations', '2026-05-02T10:00:00Z', 1)
    await rows("select control.keep_sample_partitions('2027-01-01', null, null, '2026-05-03')")
    expect(await partitions('metric_sample')).toContain('metric_sample_20260502')
  })

  it('refuses to keep partitions of anything else', async () => {
    await expect(rows("select control.keep_partition('audit', 'day', now())")).rejects.toMatchObject({
      cause: { code: '22023' },
    })
  })
})
