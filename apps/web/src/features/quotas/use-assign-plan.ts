import { trpc } from '../../api/trpc.ts'
import { toastFailed } from '../../ui/toast.tsx'

/** Gives a tenant a plan: shown at once, taken back with its reason when it is refused. */
export function useAssignPlan(tenant: { id: string; slug: string }) {
  const utils = trpc.useUtils()
  const { mutate } = trpc.quotas.assignPlan.useMutation({
    onMutate: async ({ planId }) => {
      const key = { tenantId: tenant.id }
      await utils.quotas.standing.cancel(key)
      const before = utils.quotas.standing.getData(key)
      const chosen = utils.quotas.plans.getData()?.find(({ id }) => id === planId)
      utils.quotas.standing.setData(
        key,
        (now) => now && { ...now, plan: planId && chosen ? { id: planId, name: chosen.name } : null },
      )
      return { before }
    },
    onError: (error, _, kept) => {
      utils.quotas.standing.setData({ tenantId: tenant.id }, kept?.before)
      toastFailed('Plan not changed, the old stays', error)
    },
    onSettled: () =>
      Promise.all([utils.quotas.invalidate(), utils.tenants.get.invalidate({ slug: tenant.slug })]),
  })
  return (planId: string | null) => mutate({ planId, tenantIds: [tenant.id] })
}
