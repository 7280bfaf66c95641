import type { DraftLimits } from '@tenantry/contracts'
import { type RouterInputs, trpc } from '../../api/trpc.ts'
import type { Plan } from './use-quotas.ts'

/** Saves a plan with its limits, or the defaults of the fleet one by one; `save` settles when all is done. */
export function useSaveLimits() {
  const utils = trpc.useUtils()
  const set = trpc.quotas.set.useMutation()
  const setPlan = trpc.quotas.setPlan.useMutation()
  const saveDefaults = async (plan: Plan, limits: DraftLimits) => {
    for (const one of limits) {
      const before = plan.limits.find(({ resource }) => resource === one.resource)
      const isSame =
        (before?.limit ?? null) === one.limit && (before?.graceSeconds ?? 0) === (one.graceSeconds ?? 0)
      if (!isSame) await set.mutateAsync(one)
    }
  }
  return {
    error: set.error ?? setPlan.error,
    isPending: set.isPending || setPlan.isPending,
    async save(
      plan: Plan | undefined,
      draft: Pick<RouterInputs['quotas']['setPlan'], 'name' | 'description'> & { limits: DraftLimits },
    ) {
      if (plan && plan.id === null) await saveDefaults(plan, draft.limits)
      else {
        const which = plan?.id ? { planId: plan.id, ifVersion: plan.rowVersion } : {}
        await setPlan.mutateAsync({ ...which, ...draft })
      }
      await utils.quotas.invalidate()
    },
  }
}

/** Removes a plan that nobody has. */
export function useRemovePlan() {
  const utils = trpc.useUtils()
  return trpc.quotas.removePlan.useMutation({ onSettled: () => utils.quotas.plans.invalidate() })
}
