import type { ClusterLimits, Labels } from '@tenantry/contracts'
import type { Cluster } from '../use-clusters.ts'

/** What the form of a cluster holds. */
export interface Edited {
  readonly name: string
  readonly labels: Labels
  readonly limits: ClusterLimits
  readonly maxConcurrency: number
  /** Empty: the address stays. */
  readonly adminUrl: string
}

/** What differs from the cluster as it was seen: nothing else is sent. */
export function changeOf(
  seen: Pick<Cluster, 'name' | 'labels' | 'limits' | 'maxConcurrency'>,
  edited: Edited,
): Partial<Edited> {
  const same = (a: object, b: object) =>
    JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted())
  return {
    ...(edited.name.trim() === seen.name ? {} : { name: edited.name.trim() }),
    ...(same(edited.labels, seen.labels) ? {} : { labels: edited.labels }),
    ...(same(edited.limits, seen.limits) ? {} : { limits: edited.limits }),
    ...(edited.maxConcurrency === seen.maxConcurrency ? {} : { maxConcurrency: edited.maxConcurrency }),
    ...(edited.adminUrl.trim() ? { adminUrl: edited.adminUrl.trim() } : {}),
  }
}
