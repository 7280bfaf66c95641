import { queueOf } from '@tenantry/contracts'
import type { CoreContext } from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { ne } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'
import type { Clusters } from './clusters.ts'

export interface Hands {
  /** Clusters that are worked for. */
  readonly clusters: number
  /** Holds what is worked for against the registry: takes up what came, lets go of what was detached. */
  follow(): Promise<void>
  /** Takes no new work; what is under way goes on. */
  stop(): Promise<void>
}

interface Parts {
  readonly core: Pick<CoreContext, 'db'>
  readonly boss: Pick<PgBoss, 'offWork'>
  readonly clusters: Pick<Clusters, 'forget'>
  /** Begins to take operations from a queue, as many at once as `hands` says at that moment. */
  readonly takeUp: (queue: string, hands: () => number) => Promise<unknown>
}

/** Works for every cluster with as many hands as its concurrency says, also when either changes while it runs. */
export function keepHands({ core, boss, clusters, takeUp }: Parts): Hands {
  const hands = new Map<string, number>()
  return {
    get clusters() {
      return hands.size
    },
    async follow() {
      const living = await core.db
        .select({ id: cluster.id, max: cluster.maxConcurrency })
        .from(cluster)
        .where(ne(cluster.state, 'detached'))
      for (const { id, max } of living) {
        const isNew = !hands.has(id)
        hands.set(id, max)
        if (isNew) await takeUp(queueOf(id), () => hands.get(id) ?? max)
      }
      for (const id of hands.keys()) {
        if (living.some((one) => one.id === id)) continue
        hands.delete(id)
        await boss.offWork(queueOf(id), { wait: false })
        clusters.forget(id)
      }
    },
    async stop() {
      await Promise.all([...hands.keys()].map((id) => boss.offWork(queueOf(id), { wait: false })))
    },
  }
}
