import { type OperationKind, operationKinds } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** Each range with its bucket, so that a chart has 90 to 120 points. */
export const seriesRanges = {
  '15m': { seconds: 900, bucket: 10 },
  '1h': { seconds: 3600, bucket: 30 },
  '6h': { seconds: 21_600, bucket: 180 },
  '24h': { seconds: 86_400, bucket: 720 },
} as const
export type SeriesRange = keyof typeof seriesRanges

/** Seconds; null where nothing finished in the bucket. */
export interface DurationSeries {
  readonly kind: OperationKind
  readonly p50: (number | null)[]
  readonly p95: (number | null)[]
  readonly p99: (number | null)[]
}

/** Parallel arrays, one entry a bucket. */
export interface FleetSeries {
  readonly range: SeriesRange
  readonly bucketSeconds: number
  /** When each bucket begins. The last one is still filling. */
  readonly at: string[]
  /** Operations that ended, per second. */
  readonly succeeded: number[]
  readonly failed: number[]
  readonly cancelled: number[]
  readonly durations: DurationSeries[]
  /** Most seen in the bucket; null where nobody looked. */
  readonly queued: (number | null)[]
  readonly running: (number | null)[]
  readonly waiting: (number | null)[]
  /** Seconds. */
  readonly oldestQueued: (number | null)[]
}

interface Ended {
  [key: string]: unknown
  bucket: number
  kind: OperationKind | null
  succeeded: number
  failed: number
  cancelled: number
  p50: number | null
  p95: number | null
  p99: number | null
}

interface Sampled {
  [key: string]: unknown
  bucket: number
  queued: number
  running: number
  waiting: number
  oldest: number
}

/** The history behind the charts, bucketed by the database. */
export async function getFleetSeries(db: Database, range: SeriesRange): Promise<FleetSeries> {
  const { seconds, bucket } = seriesRanges[range]
  const now = Date.now() / 1000
  const last = Math.floor(now / bucket)
  const first = last - seconds / bucket + 1
  const since = new Date(first * bucket * 1000).toISOString()
  const of = (column: string) => sql.raw(`floor(extract(epoch from ${column}) / ${bucket})::float8`)

  const ended = await db.execute<Ended>(sql`
    select ${of('finished_at')} as bucket, kind,
      count(*) filter (where state = 'succeeded')::int as succeeded,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'cancelled')::int as cancelled,
      percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)::float8) as p50,
      percentile_cont(0.95) within group (order by extract(epoch from finished_at - started_at)::float8) as p95,
      percentile_cont(0.99) within group (order by extract(epoch from finished_at - started_at)::float8) as p99
    from control.operation where finished_at >= ${since}::timestamptz
    group by 1, 2`)
  const sampled = await db.execute<Sampled>(sql`
    select ${of('at')} as bucket, max(queued) as queued, max(running) as running, max(waiting) as waiting,
      max(oldest_queued)::float8 as oldest
    from control.fleet_sample where at >= ${since}::timestamptz group by 1`)

  const buckets = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const samples = new Map(sampled.rows.map((row) => [row.bucket, row]))
  const byBucket = Map.groupBy(ended.rows, (row) => row.bucket)
  const rate = (outcome: 'succeeded' | 'failed' | 'cancelled') =>
    buckets.map((at) => {
      const count = (byBucket.get(at) ?? []).reduce((all, row) => all + row[outcome], 0)
      return count / (at === last ? Math.max(1, now - last * bucket) : bucket)
    })
  const sample = (field: 'queued' | 'running' | 'waiting' | 'oldest') =>
    buckets.map((at) => samples.get(at)?.[field] ?? null)
  const duration = (kind: OperationKind, p: 'p50' | 'p95' | 'p99') =>
    buckets.map((at) => byBucket.get(at)?.find((row) => row.kind === kind)?.[p] ?? null)

  return {
    range,
    bucketSeconds: bucket,
    at: buckets.map((at) => new Date(at * bucket * 1000).toISOString()),
    succeeded: rate('succeeded'),
    failed: rate('failed'),
    cancelled: rate('cancelled'),
    durations: operationKinds
      .filter((kind) => ended.rows.some((row) => row.kind === kind && row.p50 !== null))
      .map((kind) => ({
        kind,
        p50: duration(kind, 'p50'),
        p95: duration(kind, 'p95'),
        p99: duration(kind, 'p99'),
      })),
    queued: sample('queued'),
    running: sample('running'),
    waiting: sample('waiting'),
    oldestQueued: sample('oldest'),
  }
}
