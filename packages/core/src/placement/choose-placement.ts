import {
  type ClusterCapacity,
  type ClusterLimits,
  type ClusterState,
  carriesLabels,
  clusterDimensions,
  type Fullness,
  type Labels,
  limitedFullness,
  type PlacementPolicy,
  serverFullness,
  TenantryError,
  wordLabels,
} from '@tenantry/contracts'

export interface PlacementCandidate {
  readonly id: string
  readonly name: string
  readonly state: ClusterState
  readonly reachable: boolean
  readonly labels: Labels
  readonly limits: ClusterLimits
  readonly capacity: ClusterCapacity | null
  /** Tenants that are there or on their way. */
  readonly tenants: number
}

export interface Placement {
  readonly clusterId: string
  readonly name: string
  /** Why this one, in a sentence. */
  readonly reason: string
}

export interface PlacementWish {
  readonly policy: PlacementPolicy
  readonly candidates: readonly PlacementCandidate[]
  /** Of the tenant. */
  readonly labels: Labels
  /** The cluster that a person has chosen; the policy chooses when left out. */
  readonly clusterId?: string | undefined
}

/** From here on a cluster's server is so full that others go first. */
const nearlyFull = 0.9

/**
 * Chooses the cluster of a tenant: the one that a person wants, else by the policy. One that is cordoned, does not answer
 * or has reached a limit takes none, whoever wants it.
 * @throws TenantryError `not_found`, `no_cluster` with the reason
 */
export function choosePlacement({ policy, candidates, labels, clusterId }: PlacementWish): Placement {
  if (clusterId !== undefined) return byHand(candidates, clusterId)
  if (policy.strategy === 'pinned') return pinned(candidates, policy.clusterId)
  if (policy.strategy === 'by_label') {
    const index = policy.rules.findIndex((rule) => carriesLabels(labels, rule.tenant))
    const rule = policy.rules[index]
    if (rule) {
      const words = `Rule ${index + 1}, ${wordLabels(rule.tenant)} to ${wordLabels(rule.cluster)}`
      return leastFull(
        candidates.filter((one) => carriesLabels(one.labels, rule.cluster)),
        `${words}: `,
        `${words}: no cluster with these labels takes tenants now.`,
      )
    }
    if (policy.otherwise === 'refuse') {
      throw noCluster(
        `No placement rule matches ${Object.keys(labels).length ? wordLabels(labels) : 'a tenant without labels'}.`,
        'Give the tenant a label that a rule asks for, or choose its cluster by hand.',
      )
    }
    return leastFull(candidates, 'No rule matches; ')
  }
  return leastFull(candidates)
}

/** Why a cluster takes no tenants now; undefined when it does. */
export function whyClosed(one: PlacementCandidate): string | undefined {
  if (one.state !== 'active') return `is ${one.state} and takes no new tenants`
  if (!one.reachable) return 'does not answer'
  const [fullest] = limitedFullness(one)
  if (fullest && fullest.ratio >= 1) {
    return `is full by its ${clusterDimensions[fullest.dimension]}: ${amount(fullest.used)} of ${amount(fullest.max)}`
  }
  return undefined
}

function byHand(candidates: readonly PlacementCandidate[], wanted: string): Placement {
  const found = candidates.find(({ id }) => id === wanted)
  if (!found) {
    throw new TenantryError('not_found', `There is no cluster ${wanted}.`, {
      field: 'clusterId',
      action: 'Choose one of the clusters in the list, or let placement choose.',
    })
  }
  const reason = whyClosed(found)
  if (reason) {
    throw noCluster(`Cluster ${found.name} ${reason}.`, 'Choose another cluster, or let placement choose.')
  }
  return placed(found, `Chosen by hand: ${found.name}, ${count(found.tenants)}.`)
}

function pinned(candidates: readonly PlacementCandidate[], wanted: string): Placement {
  const found = candidates.find(({ id }) => id === wanted)
  const reason = found ? whyClosed(found) : 'is not there any more'
  if (!found || reason) {
    throw noCluster(
      `Placement is pinned to ${found?.name ?? wanted}, which ${reason}.`,
      'Change the placement policy, or choose a cluster by hand.',
    )
  }
  return placed(found, `Pinned by the placement policy: ${found.name}, ${count(found.tenants)}.`)
}

/** @param nobody what to say when none of these takes tenants */
function leastFull(
  candidates: readonly PlacementCandidate[],
  prefix = '',
  nobody = 'No cluster takes new tenants: every one is cordoned, full or does not answer.',
): Placement {
  const open = candidates.filter((one) => !whyClosed(one))
  // Some with limits and some without cannot be held against each other by ratio.
  const comparable = open.every((one) => limitedFullness(one).length > 0)
  const best = open.toSorted((a, b) => order(a, b, comparable))[0]
  if (!best)
    throw noCluster(nobody, 'Bring a cluster back, lift its cordon or raise its limits, then try again.')
  const [fullest] = comparable ? limitedFullness(best) : []
  const how = fullest
    ? `${percent(fullest)} of its ${clusterDimensions[fullest.dimension]}`
    : count(best.tenants)
  const first = (words: string) => (prefix ? words : words.charAt(0).toUpperCase() + words.slice(1))
  return placed(
    best,
    open.length > 1
      ? `${prefix}${first('least full')} of ${open.length} clusters: ${best.name}, ${how}.`
      : `${prefix}${first('the only cluster that takes tenants')}: ${best.name}, ${how}.`,
  )
}

/** By what is limited, else by tenants; a server that is nearly full goes last. Whole percents: looks are not in step. */
function order(a: PlacementCandidate, b: PlacementCandidate, comparable: boolean): number {
  const late = (one: PlacementCandidate) => Number((serverFullness(one)[0]?.ratio ?? 0) >= nearlyFull)
  const full = (one: PlacementCandidate) => Math.floor((limitedFullness(one)[0]?.ratio ?? 0) * 100)
  return (
    late(a) - late(b) ||
    (comparable ? full(a) - full(b) : 0) ||
    a.tenants - b.tenants ||
    a.name.localeCompare(b.name)
  )
}

const placed = (one: PlacementCandidate, reason: string): Placement => ({
  clusterId: one.id,
  name: one.name,
  reason,
})

const noCluster = (message: string, action: string) =>
  new TenantryError('no_cluster', message, { field: 'clusterId', action })

const count = (n: number) => `${n} ${n === 1 ? 'tenant' : 'tenants'}`
const percent = ({ ratio }: Fullness) => `${Math.floor(ratio * 100)} %`
const amount = (n: number) => n.toLocaleString('en')
