import { keepPreviousData } from '@tanstack/react-query'
import type { Matcher } from '@tenantry/contracts'
import { useMemo } from 'react'
import { type RouterInputs, type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon, useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { useWishKey } from '../../tenants/lifecycle/use-wish-key.ts'
import { alertsKey, silencesKey } from '../use-alerts.ts'

export type Silence = RouterOutputs['silences']['list']['items'][number]
export type SilenceState = Silence['state']
export type SilenceWish = Omit<RouterInputs['silences']['add'], 'idempotencyKey'>

/** Why this person cannot silence now. */
export function useSilenceRefusal(): string | undefined {
  const mayNot = usePermissionRefusal('alert.silence')
  const stale = useStaleRefusal()
  return mayNot ?? stale
}

/** Silences in some states, the last that ends first. */
export function useSilences(states: readonly SilenceState[]) {
  const query = trpc.silences.list.useInfiniteQuery(
    { states: [...states], limit: 100 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  )
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const names = useMemo(
    () => Object.assign({}, ...(query.data?.pages.map((page) => page.names) ?? [])) as Record<string, string>,
    [query.data],
  )
  return { query, rows, names, byState: query.data?.pages[0]?.byState }
}

/** What matchers let through of all that fires now; asked again every few seconds while somebody looks. */
export function useMatches(matchers: readonly Matcher[]) {
  return trpc.silences.preview.useQuery(
    { matchers: [...matchers] },
    { enabled: matchers.length > 0, placeholderData: keepPreviousData, refetchInterval: 5000 },
  )
}

/** Has nobody called for what matches; Undo ends it again. */
export function useAddSilence() {
  const key = useWishKey()
  const invalidateSoon = useInvalidateSoon()
  const end = useEndSilence()
  const { mutateAsync, isPending, error } = trpc.silences.add.useMutation({
    onSuccess: ({ silenceId, rowVersion }, { kind }) => {
      key.renew()
      invalidateSoon(silencesKey, 0)
      invalidateSoon(alertsKey)
      toastDone(kind === 'maintenance' ? 'Maintenance planned' : 'Silenced: nobody is called', {
        label: 'Undo',
        onPress: () => end.end({ silenceId, ifVersion: rowVersion }),
      })
    },
  })
  const add = (wish: SilenceWish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { add, isPending, error }
}

/** Ends a silence now. */
export function useEndSilence() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, isPending } = trpc.silences.end.useMutation({
    onSettled: () => {
      invalidateSoon(silencesKey, 0)
      invalidateSoon(alertsKey)
    },
    onSuccess: () => toastDone('Ended: people are called again'),
    onError: (error) => toastFailed('Not ended', error),
  })
  return { end: mutate, isPending }
}
