import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'

export type FleetSeries = RouterOutputs['fleet']['series']
export type SeriesRange = RouterInputs['fleet']['series']['range']

/** The history behind the charts; asked for again every 5 s, since the queue is sampled so often. */
export function useFleetSeries(range: SeriesRange) {
  return trpc.fleet.series.useQuery(
    { range },
    { refetchInterval: 5_000, placeholderData: (before) => before, structuralSharing: false },
  )
}
