import { keepPreviousData } from '@tanstack/react-query'
import type { AlertRule } from '@tenantry/contracts'
import { useEffect, useState } from 'react'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'

export type Preview = RouterOutputs['rules']['preview']

/** A rule as it stands once typing has rested for half a second: history is not replayed for every letter. */
function useRested(wanted: AlertRule | undefined): AlertRule | undefined {
  const [rested, setRested] = useState(wanted)
  const text = JSON.stringify(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text ? JSON.parse(text) : undefined), 500)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

/** What a rule, saved or not, would have done in the last so many hours. */
export function useRulePreview(wanted: AlertRule | undefined, hours: number) {
  const rule = useRested(wanted)
  const query = trpc.rules.preview.useQuery(
    { rule: rule as AlertRule, hours },
    { enabled: rule !== undefined, placeholderData: keepPreviousData, refetchInterval: 30_000 },
  )
  return { query, isSettled: JSON.stringify(rule) === JSON.stringify(wanted) && !query.isPlaceholderData }
}
