import { trpc } from '../../api/trpc.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { resizePools } from './resize-pool.ts'

/** Sets a size, or takes it away with `null`: shown at once, taken back with its reason when it is refused. */
export function useSetPool() {
  const utils = trpc.useUtils()
  return trpc.pool.set.useMutation({
    onMutate: async ({ templateId, clusterId = null, size }) => {
      await utils.pool.list.cancel()
      const before = utils.pool.list.getData()
      utils.pool.list.setData(
        undefined,
        (pools) => pools && resizePools(pools, { templateId, clusterId, size }),
      )
      return { before }
    },
    onError: (error, _, kept) => {
      utils.pool.list.setData(undefined, kept?.before)
      toastFailed('Size not saved, the old stays', error)
    },
    onSettled: () => utils.pool.list.invalidate(),
  })
}
