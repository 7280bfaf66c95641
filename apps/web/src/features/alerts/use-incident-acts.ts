import { useQueryClient } from '@tanstack/react-query'
import { acknowledgeSeconds } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal, useViewer } from '../../shell/viewer.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { type Change, withIncident } from './lay-over.ts'
import { alertsKey } from './use-alerts.ts'

const listKey = getQueryKey(trpc.alerts.list)
const getKey = getQueryKey(trpc.alerts.get)

/** Why this person cannot take or note an incident now. */
export function useRespondRefusal(): string | undefined {
  const mayNot = usePermissionRefusal('alert.respond')
  const stale = useStaleRefusal()
  return mayNot ?? stale
}

/** Lays a change over an incident wherever it is shown; the returned function puts everything back. */
function useShowAtOnce() {
  const client = useQueryClient()
  return async (id: string, change: Change) => {
    await client.cancelQueries({ queryKey: alertsKey })
    const before = [listKey, getKey].flatMap((queryKey) => client.getQueriesData({ queryKey }))
    for (const [queryKey, data] of before) client.setQueryData(queryKey, withIncident(data, id, change))
    return () => {
      for (const [queryKey, data] of before) client.setQueryData(queryKey, data)
    }
  }
}

/** Takes an incident, and gives it back: shown at once, taken back with its reason when the server refuses. */
export function useTakeIncident() {
  const viewer = useViewer()
  const show = useShowAtOnce()
  const invalidateSoon = useInvalidateSoon()
  const onSettled = () => invalidateSoon(alertsKey, 0)

  const release = trpc.alerts.release.useMutation({
    onSettled,
    onMutate: ({ incidentId }) =>
      show(incidentId, { state: 'firing', acknowledgedBy: null, acknowledgedByName: null }),
    onSuccess: () => toastDone('Given back: it is nobody’s now'),
    onError: (error, _, undo) => {
      undo?.()
      toastFailed('Not given back', error)
    },
  })
  const acknowledge = trpc.alerts.acknowledge.useMutation({
    onSettled,
    onMutate: ({ incidentId, seconds = acknowledgeSeconds.default }) =>
      show(incidentId, {
        state: 'acknowledged',
        acknowledgedBy: viewer.id,
        acknowledgedByName: viewer.name,
        acknowledgedAt: new Date().toISOString(),
        acknowledgedUntil: new Date(Date.now() + seconds * 1000).toISOString(),
      }),
    onSuccess: (_, { incidentId }) =>
      toastDone('Acknowledged: nobody else is called', {
        label: 'Undo',
        onPress: () => release.mutate({ incidentId }),
      }),
    onError: (error, wish, undo) => {
      undo?.()
      toastFailed('Not acknowledged', error, () => acknowledge.mutate(wish))
    },
  })
  return {
    /** For an hour unless told. */
    acknowledge: (incidentId: string, seconds?: number) =>
      acknowledge.mutate(seconds === undefined ? { incidentId } : { incidentId, seconds }),
    release: (incidentId: string) => release.mutate({ incidentId }),
    isPending: acknowledge.isPending || release.isPending,
  }
}

/** Writes down what was done. */
export function useNoteIncident() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.alerts.note.useMutation({
    onSuccess: () => invalidateSoon(alertsKey, 0),
  })
  return { note: mutateAsync, isPending, error }
}
