export const clusterStates = ['active', 'cordoned', 'detached'] as const
export type ClusterState = (typeof clusterStates)[number]

/** What each state of a cluster means, in a sentence. */
export const clusterStateWords: Readonly<Record<ClusterState, string>> = {
  active: 'Takes new tenants.',
  cordoned: 'Keeps what it has and takes no new tenants.',
  detached: 'No longer looked after; its history stays.',
}
