import { getQueryKey } from '@trpc/react-query'
import { useMemo, useReducer, useRef, useState } from 'react'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { applyCellChanges, type CellChange, cellChangeOf, type Fleet } from './fleet-changes.ts'

export const fleetKey = getQueryKey(trpc.fleet)
const overviewKey = getQueryKey(trpc.fleet.overview)

/** Up to here the whole picture is small enough to be asked for again at every change of the queue. */
const smallFleet = 500

type Queue = Fleet['queue']

/** The fleet as it is now: the snapshot, and what the socket said since. */
export function useFleet() {
  const query = trpc.fleet.overview.useQuery(undefined, {
    structuralSharing: false,
    // Thousands of cells: the socket keeps them, and this is only the look behind its back.
    refetchInterval: 300_000,
  })
  const invalidateSoon = useInvalidateSoon()
  // One map for the life of the page; a batch of events costs one render, not one copy an event.
  const changes = useRef(new Map<string, CellChange>())
  const [heard, hear] = useReducer((count: number) => count + 1, 0)
  const [sample, setSample] = useState<{ seq: number; queue: Partial<Queue> }>()

  useTopic('tenants', {
    queries: [overviewKey],
    onEvent: (event) => {
      const change = cellChangeOf(event)
      if (!change) return
      changes.current.set(event.entityId, change)
      hear()
    },
  })
  useTopic('operations', {
    onEvent: () => {
      if ((query.data?.tenants ?? 0) <= smallFleet) invalidateSoon(overviewKey)
    },
  })
  useTopic('fleet', {
    onEvent: (event) => setSample({ seq: event.seq, queue: event.patch as Partial<Queue> }),
  })

  const snapshot = query.data
  const data = useMemo(() => {
    if (!snapshot) return undefined
    for (const [id, change] of changes.current) if (change.seq <= snapshot.seq) changes.current.delete(id)
    const fleet = applyCellChanges(snapshot, changes.current)
    return sample && sample.seq > snapshot.seq
      ? { ...fleet, queue: { ...fleet.queue, ...sample.queue } }
      : fleet
  }, [snapshot, heard, sample])
  return { data, error: query.error, refetch: query.refetch }
}
