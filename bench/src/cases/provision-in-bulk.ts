import { setTimeout as delay } from 'node:timers/promises'
import { importTenants, runVerb, systemActor } from '@tenantry/core'
import { bulk, templateVersion } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import type { Case } from '../case.ts'
import { sendRaw } from '../send-raw.ts'
import { startBenchFleet } from '../start-bench-fleet.ts'

/** So many tenants a turn, ours and raw by turns: both meet a catalog of the same size and the machine's same mood. */
const turns = 5

/**
 * Many tenants in bulk, from the call to the end of the last, against the same DDL and seed sent by a superuser over as
 * many connections as the cluster is worked with: no roles, no queue, no ledger, no audit, no check. One figure a turn.
 */
export const provisionInBulk: Case = {
  name: 'provision in bulk',
  peer: 'the same DDL and seed sent raw, as many at once',
  // 0.85 of its throughput.
  limit: 1 / 0.85,
  async measure({ tenants }) {
    const fleet = await startBenchFleet()
    const clients = Array.from(
      { length: fleet.concurrency },
      () => new pg.Client({ connectionString: fleet.clusterUrl }),
    )
    await Promise.all(clients.map((client) => client.connect()))
    await clients[0]?.query('create role raw_owner; create role raw_writer; create role raw_app')
    const [version] = await fleet.core.db.select().from(templateVersion)
    if (!version) throw new Error('no template')

    const raw = async (turn: number, count: number) => {
      let next = 0
      const work = async (client: pg.Client) => {
        while (next < count) await sendRaw(client, version, `t_raw_${turn}_${next++}`)
      }
      const start = performance.now()
      await Promise.all(clients.map(work))
      return (performance.now() - start) / count
    }
    const ours = async (turn: number, count: number) => {
      const start = performance.now()
      const { bulkId } = await runVerb(fleet.core, systemActor, importTenants, {
        idempotencyKey: `bench-bulk-${turn}`,
        rows: Array.from({ length: count }, (_, n) => ({
          slug: `bench-${turn}-${n}`,
          displayName: '',
          template: '',
          cluster: '',
          labels: '',
          notes: '',
        })),
        template: fleet.templateId,
        reason: 'bench',
        acknowledgeWrong: 0,
        expectCount: count,
      })
      const outcome = await ended(bulkId)
      if (outcome?.succeeded !== count) throw new Error(`bulk ended as ${JSON.stringify(outcome)}`)
      return (performance.now() - start) / count
    }
    const ended = async (bulkId: string) => {
      for (;;) {
        const [row] = await fleet.core.db.select().from(bulk).where(eq(bulk.id, bulkId))
        if (row?.finishedAt) return row.outcome
        await delay(20)
      }
    }

    const [a, b]: [number[], number[]] = [[], []]
    await ours(100, 20)
    await raw(100, 20)
    for (let turn = 0; turn < turns; turn++) {
      const count = Math.ceil(tenants / turns)
      a.push(await ours(turn, count))
      b.push(await raw(turn, count))
    }
    await Promise.all(clients.map((client) => client.end()))
    await fleet.close()
    return { ours: a, peer: b }
  },
}
