import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

export type Channel = RouterOutputs['channels']['list'][number]
export type AlertSource = RouterOutputs['channels']['sources'][number]
export type Tested = RouterOutputs['channels']['test']
export type Message = RouterOutputs['notifications']['list']['items'][number]
export type MessageDetail = RouterOutputs['notifications']['get']
export type MessageListing = Omit<RouterInputs['notifications']['list'], 'cursor' | 'limit'>

const channelsKey = getQueryKey(trpc.channels)
const messagesKey = getQueryKey(trpc.notifications)

/** Asks again when a channel or a message has changed. */
export function useChannelNews(): void {
  const invalidateSoon = useInvalidateSoon()
  const may = usePermissionRefusal('channel.read') === undefined
  useTopic(may ? 'channels' : undefined, {
    queries: [channelsKey, messagesKey],
    onEvent: ({ kind }) => invalidateSoon(kind === 'channel.changed' ? channelsKey : messagesKey),
  })
}

export function useChannels(enabled = true) {
  return trpc.channels.list.useQuery(undefined, { enabled })
}

export function useAlertSources() {
  return trpc.channels.sources.useQuery()
}

/** Adds a channel, or changes one. */
export function useSetChannel() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.channels.set.useMutation({
    onSuccess: () => invalidateSoon(channelsKey, 0),
  })
  return { set: mutateAsync, isPending, error }
}

/** Takes a channel into use or out of it: shown at once, taken back when the server refuses. */
export function useSwitchChannel() {
  const utils = trpc.useUtils()
  const { mutate } = trpc.channels.set.useMutation({
    onMutate: async ({ channelId, enabled = true }) => {
      await utils.channels.list.cancel()
      const before = utils.channels.list.getData()
      utils.channels.list.setData(undefined, (rows) =>
        rows?.map((row) => (row.id === channelId ? { ...row, enabled } : row)),
      )
      return { before }
    },
    onError: (error, _, kept) => {
      utils.channels.list.setData(undefined, kept?.before)
      toastFailed('Not changed', error)
    },
    onSettled: () => utils.channels.list.invalidate(),
  })
  return ({ id, rowVersion, name, kind, config }: Channel, enabled: boolean) =>
    mutate({ channelId: id, ifVersion: rowVersion, name, kind, config, enabled })
}

export function useRemoveChannel() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.channels.remove.useMutation({
    onSuccess: () => invalidateSoon(channelsKey, 0),
  })
  return { remove: mutateAsync, isPending, error }
}

/** Sends a real message, and waits for what comes back. */
export function useTestChannel() {
  const { mutate, isPending, data, error, reset } = trpc.channels.test.useMutation()
  return { test: mutate, isPending, tested: data, error, reset }
}

export function useAddSource() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error, data } = trpc.channels.addSource.useMutation({
    onSuccess: () => invalidateSoon(channelsKey, 0),
  })
  return { add: mutateAsync, isPending, error, added: data }
}

export function useRemoveSource() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, isPending } = trpc.channels.removeSource.useMutation({
    onSuccess: () => {
      invalidateSoon(channelsKey, 0)
      toastDone('Source removed: its token lets nothing in any more')
    },
    onError: (error) => toastFailed('Not removed', error),
  })
  return { remove: mutate, isPending }
}

/** Messages under a filter, the newest first. */
export function useMessages(listing: MessageListing, limit = 100) {
  const query = trpc.notifications.list.useInfiniteQuery(
    { ...listing, limit },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  )
  const { data, fetchNextPage, isFetchingNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  return { query, rows, first: data?.pages[0], hasMore: query.hasNextPage, loadMore }
}

export function useMessage(id: string) {
  return trpc.notifications.get.useQuery({ id })
}

/** Sends a message once more, as it was written. */
export function useReplay() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, isPending } = trpc.notifications.replay.useMutation({
    onSuccess: () => {
      invalidateSoon(messagesKey, 0)
      toastDone('On its way once more')
    },
    onError: (error) => toastFailed('Not sent once more', error),
  })
  return { replay: mutate, isPending }
}
