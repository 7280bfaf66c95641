import { slug as slugRule } from '@tenantry/contracts'
import { useEffect, useState } from 'react'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'

type Answer = RouterOutputs['tenants']['slugCheck']

export type SlugVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'free'; readonly schemaName: string }
  | {
      readonly kind: 'refused'
      readonly reason: string
      readonly holder: (Answer & { available: false })['holder']
    }

/** What stands against a slug, while it is typed: the rule at once, the registry after 200 ms of rest. */
export function useSlugCheck(typed: string): SlugVerdict {
  const rule = slugRule.safeParse(typed)
  const wanted = rule.success ? rule.data : ''
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setRested(wanted), 200)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data } = trpc.tenants.slugCheck.useQuery(
    { slug: rested },
    { enabled: rested !== '', staleTime: 0, refetchInterval: 20_000 },
  )
  if (typed === '') return { kind: 'none' }
  if (!rule.success) {
    return { kind: 'refused', reason: rule.error.issues[0]?.message ?? 'Not a slug', holder: null }
  }
  if (!data || data.slug !== wanted) return { kind: 'checking' }
  return data.available
    ? { kind: 'free', schemaName: data.schemaName }
    : { kind: 'refused', reason: data.reason, holder: data.holder }
}
