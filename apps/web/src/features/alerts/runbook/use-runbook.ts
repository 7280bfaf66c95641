import { type BuiltinRuleKey, builtinRuleKeys } from '@tenantry/contracts'
import { trpc } from '../../../api/trpc.ts'

const isKnown = (key: string): key is BuiltinRuleKey => (builtinRuleKeys as readonly string[]).includes(key)

/** A page of docs/alerts; `unknown` where there is none of this name. */
export function useRunbook(key: string) {
  const known = isKnown(key) ? key : undefined
  const query = trpc.alerts.runbook.useQuery(
    { key: known ?? builtinRuleKeys[0] },
    { enabled: known !== undefined, staleTime: Number.POSITIVE_INFINITY },
  )
  return { query, isUnknown: known === undefined }
}
