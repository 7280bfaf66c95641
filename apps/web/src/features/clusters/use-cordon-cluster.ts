import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { type Cluster, clustersKey } from './use-clusters.ts'

/** Cordons and uncordons: shown at once, taken back with its reason when the server refuses. */
export function useCordonCluster(cluster: Pick<Cluster, 'id' | 'name'>) {
  const { id, name } = cluster
  const utils = trpc.useUtils()
  const invalidateSoon = useInvalidateSoon()

  async function show(change: Pick<Cluster, 'state' | 'stateReason'>) {
    await Promise.all([utils.clusters.get.cancel({ id }), utils.clusters.list.cancel()])
    const one = utils.clusters.get.getData({ id })
    const list = utils.clusters.list.getData({ detached: true })
    utils.clusters.get.setData({ id }, (known) => known && { ...known, ...change })
    utils.clusters.list.setData({ detached: true }, (known) =>
      known?.map((row) => (row.id === id ? { ...row, ...change } : row)),
    )
    return () => {
      utils.clusters.get.setData({ id }, one)
      utils.clusters.list.setData({ detached: true }, list)
    }
  }
  const onSettled = () => invalidateSoon(clustersKey)

  const cordon = trpc.clusters.cordon.useMutation({
    onMutate: ({ reason }) => show({ state: 'cordoned', stateReason: reason }),
    onError: (error, _, takeBack) => {
      takeBack?.()
      toastFailed(`${name} is not cordoned`, error)
    },
    onSuccess: () =>
      toastDone(`${name} is cordoned`, {
        label: 'Undo',
        onPress: () => uncordon.mutate({ clusterId: id }),
      }),
    onSettled,
  })
  const uncordon = trpc.clusters.uncordon.useMutation({
    onMutate: () => show({ state: 'active', stateReason: null }),
    onError: (error, _, takeBack) => {
      takeBack?.()
      toastFailed(`${name} is still cordoned`, error)
    },
    onSuccess: () => toastDone(`${name} takes new tenants`),
    onSettled,
  })
  return {
    cordon: (reason: string) => cordon.mutate({ clusterId: id, reason }),
    uncordon: () => uncordon.mutate({ clusterId: id }),
    isPending: cordon.isPending || uncordon.isPending,
  }
}
