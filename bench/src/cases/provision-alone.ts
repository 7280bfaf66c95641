import { provisionTenant, runVerb, systemActor } from '@tenantry/core'
import { operation, templateVersion } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import type { Case } from '../case.ts'
import { sendRaw } from '../send-raw.ts'
import { startBenchFleet } from '../start-bench-fleet.ts'

/**
 * One provision, from the verb's call to its terminal audit row, against the same DDL and seed sent by a superuser on one
 * connection that stays open: no roles, no queue, no ledger, no audit, no check.
 */
export const provisionAlone: Case = {
  name: 'provision alone',
  peer: 'the same DDL and seed sent raw',
  limit: 1.5,
  async measure({ pairs }) {
    const fleet = await startBenchFleet()
    const client = new pg.Client({ connectionString: fleet.clusterUrl })
    await client.connect()
    const [version] = await fleet.core.db.select().from(templateVersion)
    if (!version) throw new Error('no template')
    await client.query('create role raw_owner; create role raw_writer; create role raw_app')

    const raw = async (n: number) => {
      const start = performance.now()
      await sendRaw(client, version, `t_raw_${n}`)
      return performance.now() - start
    }
    const provision = async (n: number) => {
      const start = performance.now()
      const { operationId } = await runVerb(fleet.core, systemActor, provisionTenant, {
        idempotencyKey: `bench-tenant-${n}`,
        slug: `bench-${n}`,
        displayName: `Bench ${n}`,
        templateId: fleet.templateId,
        labels: {},
        notes: '',
        fromPool: false,
      })
      await fleet.attempt(operationId)
      const took = performance.now() - start
      const [row] = await fleet.core.db.select().from(operation).where(eq(operation.id, operationId))
      if (row?.state !== 'succeeded') throw new Error(`provision ${row?.state}: ${row?.error?.message}`)
      return took
    }

    const ours: number[] = []
    const peer: number[] = []
    for (let n = -2; n < pairs; n++) {
      const [a, b] = [await provision(n + 2), await raw(n + 2)]
      if (n < 0) continue
      ours.push(a)
      peer.push(b)
    }
    await client.end()
    await fleet.close()
    return { ours, peer }
  },
}
