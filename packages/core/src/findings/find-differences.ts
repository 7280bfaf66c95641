import type { Database } from '@tenantry/db'
import { askReality, type ClusterConnection } from './ask-reality.ts'
import { compareTenant, type Difference, type RealTenant, unknownSchema } from './compare.ts'
import { type Registered, readRegistry } from './read-registry.ts'

export interface Comparison {
  readonly differences: readonly Difference[]
  /** Ids of which nothing is said, because an operation was at work on them while this looked. */
  readonly busy: readonly string[]
  /** Tenants and spares that were compared. */
  readonly compared: number
}

/**
 * Holds the registry against a cluster. Nobody is stopped meanwhile: the registry is read before the cluster and again
 * after it, and an id that an operation held at either moment, or between them (its fence rose), is left out. What is
 * left is of one moment on both sides, so that no operation ever looks like a difference.
 */
export async function findDifferences(
  db: Database,
  clusterId: string,
  cluster: ClusterConnection,
): Promise<Comparison> {
  const first = await look(db, clusterId, cluster, [])
  // Of an id that was not known at first, nothing is known of before: it is asked about from the beginning.
  if (!first.unsettled.length) return first
  const second = await look(db, clusterId, cluster, first.unsettled)
  return { ...second, busy: [...second.busy, ...second.unsettled] }
}

async function look(
  db: Database,
  clusterId: string,
  cluster: ClusterConnection,
  asked: readonly string[],
): Promise<Comparison & { unsettled: string[] }> {
  const before = await readRegistry(db, clusterId, asked)
  const reality = await askReality(cluster)
  const real = new Map<string, RealTenant>()
  const nobodys = new Map<string, RealTenant>()
  for (const row of reality) {
    if (row.tenantId) real.set(row.tenantId, row)
    else nobodys.set(row.found[0] ?? '', row)
  }
  const after = await readRegistry(db, clusterId, [...new Set([...asked, ...real.keys()])])

  const differences: Difference[] = []
  const busy: string[] = []
  const unsettled: string[] = []
  const known = new Set(asked)
  const ids = new Set([...real.keys(), ...after.keys()])
  for (const id of ids) {
    const was = before.get(id)
    const is = after.get(id)
    if (is?.isBusy || (was && was.mark !== is?.mark)) busy.push(id)
    else if (!was && !known.has(id)) {
      // New since, or unknown: both look the same until it has been asked for.
      if (real.has(id)) unsettled.push(id)
      else if (is?.wish?.there) busy.push(id)
    } else if (!was && is) busy.push(id)
    else differences.push(...differencesOf(id, is, real.get(id), nobodys))
  }
  // One of the right name is its tenant's, though nothing on it says so any more: restored from a backup, perhaps.
  const names = new Set([...before.values(), ...after.values()].flatMap(({ names }) => names))
  for (const name of nobodys.keys()) if (!names.has(name)) differences.push(unknownSchema(name))
  return { differences, busy, compared: ids.size - busy.length, unsettled }
}

function differencesOf(
  id: string,
  is: Registered | undefined,
  real: RealTenant | undefined,
  nobodys: ReadonlyMap<string, RealTenant>,
): Difference[] {
  if (is && !is.wish) return []
  const wish = is?.wish ?? { id, holder: null, there: null }
  const byName = nobodys.get(wish.there?.schema ?? '')
  const sees = byName && !real?.found.length ? { ...(real ?? byName), found: byName.found } : real
  return compareTenant(wish, sees)
}
