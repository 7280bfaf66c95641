import { queueOf } from '@tenantry/contracts'
import type { CoreContext } from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { ne } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'
import type { Clusters } from './clusters.ts'

export interface Hands {
  /** Clusters that are worked for. */
  readonly clusters: number
  /** Holds the hands against the registry: takes up what came, lets go of what was detached, follows a concurrency. */
  follow(): Promise<void>
  /** Takes no new work; what is under way goes on. */
  stop(): Promise<void>
}

interface Parts {
  readonly core: Pick<CoreContext, 'db'>
  readonly boss: Pick<PgBoss, 'offWork'>
  readonly clusters: Pick<Clusters, 'forget'>
  /** Begins to take operations from a queue, one at a time. @returns by what it is stopped */
  readonly hand: (queue: string) => Promise<string>
}

/** As many hands for each cluster as its concurrency says. A hand that is taken away ends what it is at first. */
export function keepHands({ core, boss, clusters, hand }: Parts): Hands {
  const hands = new Map<string, string[]>()
  const drop = async (clusterId: string, id: string) => boss.offWork(queueOf(clusterId), { id, wait: false })

  async function reach(clusterId: string, wanted: number): Promise<void> {
    const held = hands.get(clusterId) ?? []
    hands.set(clusterId, held)
    while (held.length < wanted) held.push(await hand(queueOf(clusterId)))
    for (const id of held.splice(wanted)) await drop(clusterId, id)
  }

  return {
    get clusters() {
      return hands.size
    },
    async follow() {
      const living = await core.db
        .select({ id: cluster.id, max: cluster.maxConcurrency })
        .from(cluster)
        .where(ne(cluster.state, 'detached'))
      for (const { id, max } of living) await reach(id, max)
      for (const id of hands.keys()) {
        if (living.some((one) => one.id === id)) continue
        await reach(id, 0)
        hands.delete(id)
        clusters.forget(id)
      }
    },
    async stop() {
      await Promise.all([...hands.keys()].map((id) => boss.offWork(queueOf(id), { wait: false })))
    },
  }
}
