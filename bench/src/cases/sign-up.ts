import { provisionTenant, runVerb, setPool, systemActor } from '@tenantry/core'
import { operation } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { Case } from '../case.ts'
import { startBenchFleet } from '../start-bench-fleet.ts'

/** Sign-ups from the pool for each one that is built. */
const perPair = 4

/**
 * Sign-ups from the warm pool, from the verb's call to the active tenant, through verb, queue, worker and audit; each
 * held against one whose schema is built, in turn, in the same run.
 * @param atOnce how many people sign up at the same time
 * @param beside what else is at work: nothing, or the refill of the pool, which takes both cores
 */
function signUps(name: string, atOnce: number, beside: 'nothing' | 'refill', goal?: Case['goal']): Case {
  return {
    name,
    peer: 'a sign-up that is built',
    limit: 0.5,
    ...(goal ? { goal } : {}),
    async measure({ pairs }) {
      const fleet = await startBenchFleet()
      const { core, templateId } = fleet
      let count = 0
      const signUp = async (fromPool: boolean) => {
        const slug = `bench-${++count}`
        const start = performance.now()
        const { operationId } = await runVerb(core, systemActor, provisionTenant, {
          idempotencyKey: `sign-up-${slug}`,
          slug,
          displayName: slug,
          templateId,
          labels: {},
          notes: '',
          fromPool,
        })
        await fleet.attempt(operationId)
        const took = performance.now() - start
        const [row] = await core.db.select().from(operation).where(eq(operation.id, operationId))
        const kind = fromPool ? 'tenant.claim' : 'tenant.provision'
        if (row?.state !== 'succeeded' || row.kind !== kind) throw new Error(`${row?.kind} ${row?.state}`)
        return took
      }
      const size = Math.min(200, 2 * pairs * perPair)
      await runVerb(core, systemActor, setPool, { templateId, clusterId: null, size })
      const filled = async () => {
        for (let full = false; !full; ) {
          const { rows } = await core.db.execute<{ full: boolean }>(sql`
            select ready = wanted and building = 0 as full from control.pool_state()`)
          full = rows[0]?.full ?? false
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
      await filled()
      // What a process does for the first time takes longer.
      for (let n = 0; n < 5; n++) await signUp(true)
      await signUp(false)

      const ours: number[] = []
      const peer: number[] = []
      for (let n = 0; n < pairs; n++) {
        if (beside === 'nothing') await filled()
        for (let done = 0; done < perPair; done += atOnce) {
          ours.push(...(await Promise.all(Array.from({ length: atOnce }, () => signUp(true)))))
        }
        const built = await signUp(false)
        while (peer.length < ours.length) peer.push(built)
      }
      await fleet.close()
      return { ours, peer }
    },
  }
}

export const signUpFromPool = signUps('sign-up from the pool', 1, 'nothing', { p50: 15, p99: 50 })
export const signUpDuringRefill = signUps('sign-up from the pool during its refill', 1, 'refill')
export const signUpsAtOnce = signUps('sign-ups from the pool, four at once', perPair, 'refill')
