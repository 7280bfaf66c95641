import { openClient } from '@tenantry/db'
import { PgBoss } from 'pg-boss'

/**
 * Brings pg-boss's own schema and the queues of these clusters into being, as the owner of the control database, and lets
 * the runtime role use them. Safe to repeat.
 */
export async function prepareQueues(ownerUrl: string, clusterIds: readonly string[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false })

  const client = await openClient(ownerUrl, 'tenantry queues')
  try {
    for (const id of clusterIds) await client.query('select control.create_cluster_queue($1)', [id])
    await client.query(`
      grant usage on schema pgboss to tenantry_runtime;
      grant select, insert, update, delete on all tables in schema pgboss to tenantry_runtime;
      grant execute on all functions in schema pgboss to tenantry_runtime`)
  } finally {
    await client.end()
  }
}
