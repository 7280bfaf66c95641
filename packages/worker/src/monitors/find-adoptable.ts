import { setTimeout as delay } from 'node:timers/promises'
import type { AdoptableSchema } from '@tenantry/contracts'
import { type Duty, onceAcrossProcesses } from '@tenantry/core'
import { adoptable, cluster } from '@tenantry/db/schema'
import { eq, ne, sql } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'

const patienceMs = 20_000
/** What is kept of one cluster; whoever has more adopts some first. */
const most = 2000

/**
 * Writes down which schemas of each cluster were made by hand, for whoever wants to adopt one. An adoption looks again by
 * itself, so what is read here may be half a minute old.
 */
export function findAdoptable({ core, clusters }: WorkerContext): Duty {
  return {
    name: 'find-adoptable',
    everyMs: 30_000,
    async run() {
      const all = await core.db.select().from(cluster).where(ne(cluster.state, 'detached'))
      const looks = await Promise.allSettled(all.map((row) => look(clusters.pool(row))))
      return onceAcrossProcesses(core.db, 'find-adoptable', async (tx) => {
        for (const [index, { id, name }] of all.entries()) {
          const seen = looks[index]
          if (seen?.status === 'rejected') {
            core.log.debug({ err: seen.reason, cluster: name }, 'schemas to adopt not looked for')
          }
          if (seen?.status !== 'fulfilled') continue
          const [row] = await tx
            .select({ same: sql<boolean>`${adoptable.schemas} = ${JSON.stringify(seen.value)}::jsonb` })
            .from(adoptable)
            .where(eq(adoptable.clusterId, id))
          // The list is long and seldom new: say only when it was seen.
          const change = { seenAt: new Date(), ...(row?.same ? {} : { schemas: seen.value }) }
          await tx
            .insert(adoptable)
            .values({ clusterId: id, ...change, schemas: seen.value })
            .onConflictDoUpdate({ target: adoptable.clusterId, set: change })
        }
      })
    },
  }
}

async function look(pool: ReturnType<WorkerContext['clusters']['pool']>): Promise<AdoptableSchema[]> {
  const late = delay(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${patienceMs / 1000} s`)
  })
  const asked = pool.query<{ facts: AdoptableSchema }>(
    'select facts from tenantry.adoptable() order by schema limit $1',
    [most],
  )
  const { rows } = await Promise.race([asked, late])
  return rows.map(({ facts }) => facts)
}
