import type { LiveEvent } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Operation = RouterOutputs['operations']['get']
export type StepRow = Operation['steps'][number]

/** The steps with one more report of a step. A report that came late never takes an end back. */
export function withStep(steps: readonly StepRow[], report: StepRow): StepRow[] {
  const at = steps.findIndex(
    (step) =>
      step.attempt === report.attempt &&
      step.direction === report.direction &&
      step.ordinal === report.ordinal,
  )
  const known = steps[at]
  if (!known) return [...steps, report].sort((a, b) => a.startedAt.localeCompare(b.startedAt))
  if (known.finishedAt && !report.finishedAt) return [...steps]
  return steps.with(at, report)
}

/** One operation with its steps, which move by themselves; asked for again when its state changes. */
export function useOperation(id: string) {
  const utils = trpc.useUtils()
  const query = trpc.operations.get.useQuery({ id })
  const invalidateSoon = useInvalidateSoon()
  const key = getQueryKey(trpc.operations.get, { id }, 'query')
  useTopic(query.data ? `operation:${id}` : undefined, {
    queries: [key],
    onEvent: (event: LiveEvent) => {
      if (event.kind === 'operation.changed') invalidateSoon(key)
      if (event.kind !== 'operation.step') return
      const { operationId: _, ...report } = event.patch as unknown as StepRow & { operationId: string }
      utils.operations.get.setData(
        { id },
        (known) => known && { ...known, steps: withStep(known.steps, report) },
      )
    },
  })
  return query
}
