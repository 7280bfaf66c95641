import { trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon, useStaleRefusal } from '../../../live/use-live.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { rulesKey } from '../use-alerts.ts'
import type { Rule } from '../use-rules.ts'
import { wholeRule } from './rule-draft.ts'

/** Why this person cannot change rules now. */
export function useRuleRefusal(): string | undefined {
  const mayNot = usePermissionRefusal('alert.write')
  const stale = useStaleRefusal()
  return mayNot ?? stale
}

/** Makes a rule or changes one. */
export function useSetRule() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.rules.set.useMutation({
    onSuccess: () => invalidateSoon(rulesKey, 0),
  })
  return { set: mutateAsync, isPending, error }
}

/** Turns a rule on or off: shown at once, taken back when the server refuses. */
export function useSwitchRule() {
  const utils = trpc.useUtils()
  const invalidateSoon = useInvalidateSoon()
  const mutation = trpc.rules.set.useMutation({
    onMutate: async ({ ruleId, enabled }) => {
      await utils.rules.list.cancel()
      const before = utils.rules.list.getData()
      utils.rules.list.setData(undefined, (rules) =>
        rules?.map((rule) =>
          rule.id === ruleId
            ? {
                ...rule,
                enabled: enabled ?? true,
                standing: enabled ? ('ok' as const) : ('disabled' as const),
              }
            : rule,
        ),
      )
      return () => utils.rules.list.setData(undefined, before)
    },
    onSuccess: ({ ruleId, rowVersion }, { ifVersion: _, ...rule }) =>
      toastDone(rule.enabled ? `“${rule.name}” is on` : `“${rule.name}” is off: it fires no more`, {
        label: 'Undo',
        onPress: () => mutation.mutate({ ...rule, ruleId, ifVersion: rowVersion, enabled: !rule.enabled }),
      }),
    onError: (error, rule, undo) => {
      undo?.()
      toastFailed(rule.enabled ? 'Not turned on' : 'Not turned off', error)
    },
    onSettled: () => invalidateSoon(rulesKey, 0),
  })
  return (rule: Rule, enabled: boolean) =>
    mutation.mutate({ ...wholeRule(rule), ruleId: rule.id, ifVersion: rule.rowVersion, enabled })
}

/** Takes a rule away; what fires by it is over. */
export function useRemoveRule() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending } = trpc.rules.remove.useMutation({
    onSuccess: () => {
      invalidateSoon(rulesKey, 0)
      toastDone('Rule removed: what fired by it is over')
    },
    onError: (error) => toastFailed('Not removed', error),
  })
  return { remove: mutateAsync, isPending }
}
