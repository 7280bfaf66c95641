import { provisionTenant, runVerb, setPool, systemActor } from '@tenantry/core'
import { operation } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { Case } from '../case.ts'
import { startBenchFleet } from '../start-bench-fleet.ts'

/**
 * One sign-up from the warm pool, from the verb's call to the active tenant, through verb, queue, worker and audit, with
 * the refill at work beside it; against a sign-up whose schema is built, in turn, in the same run.
 */
export const signUpFromPool: Case = {
  name: 'sign-up from the pool',
  peer: 'a sign-up that is built',
  limit: 0.5,
  goal: { p50: 15, p99: 50 },
  async measure({ pairs }) {
    const fleet = await startBenchFleet()
    const { core, templateId } = fleet
    const signUp = async (n: number, fromPool: boolean) => {
      const start = performance.now()
      const { operationId } = await runVerb(core, systemActor, provisionTenant, {
        idempotencyKey: `bench-tenant-${n}-${fromPool}`,
        slug: `bench-${n}-${fromPool ? 'pool' : 'built'}`,
        displayName: `Bench ${n}`,
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
    const pooled = Math.min(200, Math.max(20, pairs * 4))
    await runVerb(core, systemActor, setPool, { templateId, clusterId: null, size: pooled })
    const settled = async () => {
      for (;;) {
        const { rows } = await core.db.execute<{ ready: number; busy: number }>(sql`
          select (select ready from control.pool_state()) as ready,
            (select count(*)::int from control.operation where finished_at is null) as busy`)
        if (rows[0]?.ready === pooled && !rows[0].busy) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await settled()

    const ours: number[] = []
    const peer: number[] = []
    for (let n = -2; n < pairs; n++) {
      const a = await signUp(n + 2, true)
      const b = await signUp(n + 2, false)
      if (n < 0) continue
      ours.push(a)
      peer.push(b)
    }
    await fleet.close()
    return { ours, peer }
  },
}
