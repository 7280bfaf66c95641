import { type MetricName, metrics, type UsageRange, usageRanges } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** Parallel arrays, one entry a step. */
export interface UsageSeries {
  readonly metric: MetricName
  readonly stepSeconds: number
  readonly at: string[]
  /** Of a counter: its rate a second. Null where nothing is known. */
  readonly value: (number | null)[]
  readonly highest: (number | null)[]
}

/** What has not changed is measured every quarter of an hour: for so long the last value holds on, ms. */
const holdsMs = 20 * 60_000

/** The history of a metric of one tenant, one cluster or the fleet, for a chart. */
export async function getUsageSeries(
  db: Database,
  {
    metric,
    range,
    tenantId,
    clusterId,
  }: {
    metric: MetricName
    range: UsageRange
    tenantId?: string | undefined
    clusterId?: string | undefined
  },
): Promise<UsageSeries> {
  const { seconds, step } = usageRanges[range]
  const last = Math.floor(Date.now() / 1000 / step)
  const first = last - seconds / step + 1
  const isoOf = (bucket: number) => new Date(bucket * step * 1000).toISOString()
  const one = (id: string | undefined) => (id ? sql`array[${id}]::text[]` : sql`null`)
  const { rows } = await db.execute<{ bucket: number; value: number; highest: number }>(sql`
    select floor(extract(epoch from h.at) / ${step}::int)::float8 as bucket, h.value, h.highest
    from control.metric_history(${metric}, ${isoOf(first - 1)}, ${isoOf(last + 1)}, ${step} * interval '1 second',
      ${one(tenantId)}, ${one(clusterId)}) h`)
  const known = new Map(rows.map((row) => [row.bucket, row]))
  const steps = Array.from({ length: last - first + 2 }, (_, i) => first - 1 + i)
  const [value, highest] = hold(steps, known, step)
  const rate = metrics[metric].kind === 'counter' ? ratesOf(value, step) : undefined
  return {
    metric,
    stepSeconds: step,
    at: steps.slice(1).map(isoOf),
    value: (rate ?? value).slice(1),
    highest: (rate ?? highest).slice(1),
  }
}

type Values = (number | null)[]

function hold(
  steps: readonly number[],
  known: ReadonlyMap<number, { value: number; highest: number }>,
  step: number,
): [Values, Values] {
  let seen: { at: number; value: number } | undefined
  const value: Values = []
  const highest: Values = []
  for (const bucket of steps) {
    const row = known.get(bucket)
    if (row) seen = { at: bucket, value: row.value }
    const held = seen && (bucket - seen.at) * step * 1000 <= holdsMs ? seen.value : null
    value.push(row?.value ?? held)
    highest.push(row?.highest ?? held)
  }
  return [value, highest]
}

/** A second, between one step and the one before; a counter that fell began anew, and that step is unknown. */
function ratesOf(values: Values, step: number): Values {
  return values.map((value, i) => {
    const before = values[i - 1]
    return value === null || before == null || value < before ? null : (value - before) / step
  })
}
