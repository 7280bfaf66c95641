import { type Labels, type PlacementPolicy, type PlacementRule, placementPolicy } from '@tenantry/contracts'

/** A policy while it is edited: what the other strategies hold stays until it is saved. */
export interface PolicyDraft {
  readonly strategy: PlacementPolicy['strategy']
  readonly clusterId: string
  readonly rules: readonly PlacementRule[]
  readonly otherwise: 'least_full' | 'refuse'
}

export const emptyRule: PlacementRule = { tenant: {}, cluster: {} }

export function draftOf(policy: PlacementPolicy): PolicyDraft {
  return {
    strategy: policy.strategy,
    clusterId: policy.strategy === 'pinned' ? policy.clusterId : '',
    rules: policy.strategy === 'by_label' ? policy.rules : [emptyRule],
    otherwise: policy.strategy === 'by_label' ? policy.otherwise : 'least_full',
  }
}

/** The policy that a draft means, or what is missing from it. */
export function readDraft(draft: PolicyDraft): { policy: PlacementPolicy } | { missing: string } {
  const { strategy, clusterId, rules, otherwise } = draft
  if (strategy === 'pinned' && !clusterId) return { missing: 'Choose the cluster to pin to.' }
  const bare = rules.findIndex(
    (rule) => Object.keys(rule.tenant).length === 0 || Object.keys(rule.cluster).length === 0,
  )
  if (strategy === 'by_label' && bare !== -1) {
    return { missing: `Rule ${bare + 1} needs a label on both sides.` }
  }
  const wanted = { least_full: {}, pinned: { clusterId }, by_label: { rules, otherwise } }[strategy]
  const read = placementPolicy.safeParse({ strategy, ...wanted })
  return read.success
    ? { policy: read.data }
    : { missing: read.error.issues[0]?.message ?? 'This is no policy.' }
}

/** The rules with one changed, taken away or moved up by one. */
export const withRule = (
  rules: readonly PlacementRule[],
  at: number,
  side: 'tenant' | 'cluster',
  labels: Labels,
) => rules.map((rule, i) => (i === at ? { ...rule, [side]: labels } : rule))
export const withoutRule = (rules: readonly PlacementRule[], at: number) => rules.filter((_, i) => i !== at)
export function raisedRule(rules: readonly PlacementRule[], at: number): PlacementRule[] {
  const moved = [...rules]
  moved.splice(at - 1, 0, ...moved.splice(at, 1))
  return moved
}
