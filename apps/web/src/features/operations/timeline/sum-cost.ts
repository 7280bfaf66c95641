import type { StepResources } from '@tenantry/contracts'
import type { Operation } from '../use-operation.ts'

export interface CostRow {
  readonly key: string
  readonly number: number
  readonly title: string
  /** Of every attempt, forward and back; undefined: nothing was counted. */
  readonly cost: StepResources | undefined
}

const nothing: StepResources = { roundTrips: 0, databaseMs: 0, lockWaitMs: 0, bytesSent: 0, bytesReceived: 0 }
const figures = Object.keys(nothing) as (keyof StepResources)[]

function sum(costs: readonly StepResources[]): StepResources | undefined {
  if (!costs.length) return undefined
  return costs.reduce(
    (all, cost) =>
      Object.fromEntries(
        figures.map((figure) => [figure, all[figure] + cost[figure]]),
      ) as unknown as StepResources,
    nothing,
  )
}

/** What each named step has had of the clusters, over all attempts, and all of them together. */
export function sumCost({ plan, steps }: Pick<Operation, 'plan' | 'steps'>): {
  readonly rows: readonly CostRow[]
  readonly total: StepResources | undefined
} {
  const counted = (rows: Operation['steps']) => sum(rows.flatMap(({ resources }) => resources ?? []))
  return {
    rows: plan.map(({ name, title }, i) => ({
      key: name,
      number: i + 1,
      title,
      cost: counted(steps.filter(({ ordinal }) => ordinal === i + 1)),
    })),
    total: counted(steps),
  }
}
