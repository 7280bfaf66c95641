import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { useWishKey } from '../tenants/lifecycle/use-wish-key.ts'

/** Pausing and resuming show at once, and are taken back when the server refuses. */
export function useSteerBulk(id: string) {
  const utils = trpc.useUtils()
  const invalidateSoon = useInvalidateSoon()
  const key = getQueryKey(trpc.bulks)
  const show = async (state: 'paused' | 'running') => {
    await utils.bulks.get.cancel({ id })
    const before = utils.bulks.get.getData({ id })
    utils.bulks.get.setData({ id }, (known) => known && { ...known, state, pauseReason: null })
    return before
  }
  const takeBack = (before: Awaited<ReturnType<typeof show>> | undefined) =>
    before && utils.bulks.get.setData({ id }, before)
  const onSettled = () => invalidateSoon(key)
  const pause = trpc.bulks.pause.useMutation({
    onMutate: () => show('paused'),
    onError: (error, _, before) => {
      takeBack(before)
      toastFailed('Not paused', error)
    },
    onSuccess: () => toastDone('Paused', { label: 'Resume', onPress: () => resume.mutate({ bulkId: id }) }),
    onSettled,
  })
  const resume = trpc.bulks.resume.useMutation({
    onMutate: () => show('running'),
    onError: (error, _, before) => {
      takeBack(before)
      toastFailed('Not resumed', error)
    },
    onSettled,
  })
  const cancel = trpc.bulks.cancel.useMutation({
    onError: (error) => toastFailed('Not cancelled', error),
    onSettled,
  })
  return {
    pause: () => pause.mutate({ bulkId: id }),
    resume: () => resume.mutate({ bulkId: id }),
    cancel: () => cancel.mutateAsync({ bulkId: id }),
    isPending: pause.isPending || resume.isPending || cancel.isPending,
  }
}

/** Does again what failed, all or one group of it. */
export function useRetryBulk() {
  const key = useWishKey()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending } = trpc.bulks.retry.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(getQueryKey(trpc.bulks))
    },
    onError: (error) => toastFailed('Not retried', error),
  })
  const retry = (wish: { bulkId: string; group?: string }) =>
    mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { retry, isPending }
}
