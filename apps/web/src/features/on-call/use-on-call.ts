import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

export type Schedule = RouterOutputs['schedules']['list'][number]
export type ScheduleWeek = RouterOutputs['schedules']['week']
export type Person = RouterOutputs['schedules']['people'][number]
export type Policy = RouterOutputs['policies']['list'][number]

const schedulesKey = getQueryKey(trpc.schedules)
const policiesKey = getQueryKey(trpc.policies)

/** Every schedule with who is on call now and next; asked again when one has changed, and every minute. */
export function useSchedules() {
  const invalidateSoon = useInvalidateSoon()
  useTopic('alerts', {
    queries: [schedulesKey, policiesKey],
    onEvent: ({ kind }) => {
      if (kind !== 'oncall.changed') return
      invalidateSoon(schedulesKey)
      invalidateSoon(policiesKey)
    },
  })
  return trpc.schedules.list.useQuery(undefined, { refetchInterval: 60_000 })
}

/** Who is on call from one moment to another. */
export function useScheduleWeek(id: string, from: Date, to: Date) {
  return trpc.schedules.week.useQuery({ id, from: from.toISOString(), to: to.toISOString() })
}

export function usePeople() {
  return trpc.schedules.people.useQuery()
}

export function usePolicies() {
  return trpc.policies.list.useQuery()
}

export function useSetSchedule() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.schedules.set.useMutation({
    onSuccess: () => invalidateSoon(schedulesKey, 0),
  })
  return { set: mutateAsync, isPending, error }
}

export function useRemoveSchedule() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.schedules.remove.useMutation({
    onSuccess: () => {
      invalidateSoon(schedulesKey, 0)
      toastDone('Schedule removed')
    },
  })
  return { remove: mutateAsync, isPending, error }
}

/** Puts somebody else on call for a time; takes it back by `Undo`. */
export function useOverride() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, mutate, isPending, error } = trpc.schedules.override.useMutation({
    onSuccess: ({ scheduleId, overrideId }, asked) => {
      invalidateSoon(schedulesKey, 0)
      if ('overrideId' in asked) toastDone('Override taken back')
      else {
        toastDone('Override saved', {
          label: 'Undo',
          onPress: () => mutate({ scheduleId, overrideId }),
        })
      }
    },
  })
  const takeBack = (scheduleId: string, overrideId: string) =>
    mutate({ scheduleId, overrideId }, { onError: (failed) => toastFailed('Not taken back', failed) })
  return { override: mutateAsync, takeBack, isPending, error }
}

export function useSetPolicy() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.policies.set.useMutation({
    onSuccess: () => invalidateSoon(policiesKey, 0),
  })
  return { set: mutateAsync, isPending, error }
}

export function useRemovePolicy() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.policies.remove.useMutation({
    onSuccess: () => {
      invalidateSoon(policiesKey, 0)
      toastDone('Escalation removed')
    },
  })
  return { remove: mutateAsync, isPending, error }
}
