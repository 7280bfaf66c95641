import { randomBytes } from 'node:crypto'
import {
  awaitOperation,
  type CoreContext,
  createQueue,
  type Enqueued,
  ensureCluster,
  openBoss,
  prepareQueues,
  provisionTenant,
  publishTemplate,
  runVerb,
  systemActor,
  systemUserId,
} from '@tenantry/core'
import { openVault } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { createControlDatabase, createTestDatabase } from '@tenantry/db/testing'
import pino from 'pino'
import { openClusters } from '../clusters/clusters.ts'
import { type RunningWorker, startWorker } from '../start-worker.ts'
import { startTcpRelay } from './start-tcp-relay.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** A template of a few tables: quick to build, with what the guarded path must carry. */
export const smallTemplate: readonly Migration[] = [
  {
    version: 1,
    name: 'book',
    sql: `create table book (id bigint generated always as identity primary key, title text not null);
      create index book_title on book (lower(title));`,
  },
  {
    version: 2,
    name: 'loan',
    sql: `create table loan (book_id bigint references book, due date not null);
      create view overdue as select * from loan where due < current_date;`,
  },
]

/** A control database, one cluster and workers on real parts; what a test needs to see a tenant come to life. */
export async function startFleet(settings: { leaseMs?: number; scriptDeadlineMs?: number } = {}) {
  const control = await createControlDatabase()
  const cluster = await createTestDatabase()
  const cable = await startTcpRelay({ host: '127.0.0.1', port: Number(new URL(cluster.url).port) })
  const clusterUrl = new URL(cluster.url)
  clusterUrl.port = String(cable.port)
  const masterKey = randomBytes(32)
  const log = pino({ level: process.env.TENANTRY_TEST_LOG ?? 'silent' })
  await control.db.insert(user).values({ id: systemUserId, email: 'system', name: 'Tenantry', role: 'admin' })
  const vault = openVault(masterKey)
  await prepareQueues(control.url, [])
  const clusterId = await ensureCluster(
    { db: control.db, log, vault, queue: { wake: async () => {} } },
    { name: 'eu-1', adminUrl: clusterUrl.href },
  )
  if (!clusterId) throw new Error('the cluster of the test is detached')
  const boss = await openBoss(control.url, {
    name: 'test',
    supervise: true,
    onError: (err) => log.warn({ err }),
  })
  const core: CoreContext = { db: control.db, queue: createQueue(boss), log, vault }
  const workers: RunningWorker[] = []
  const clusters = openClusters(masterKey, 8, log)
  let count = 0

  const fleet = {
    core,
    control,
    cluster,
    /** Between the workers and the cluster. */
    cable,
    clusterId,
    masterKey,
    async work(failpoint?: (name: string) => void | Promise<void>) {
      const worker = await startWorker({
        core,
        boss,
        clusters,
        settings: { leaseMs: 2000, scriptDeadlineMs: 20_000, drainMs: 5000, takeUpMs: 200, ...settings },
        ...(failpoint ? { failpoint } : {}),
      })
      workers.push(worker)
      return worker
    },
    publish(
      migrations = smallTemplate,
      seed = "insert into book (title) values ('Dune');",
      slug = 'library',
    ) {
      return runVerb(core, systemActor, publishTemplate, {
        idempotencyKey: `publish-${slug}-${++count}`,
        slug,
        name: slug,
        description: '',
        migrations: [...migrations],
        seed,
      })
    },
    /** Publishes and waits for the build. @returns the template's id */
    async template(migrations?: readonly Migration[], seed?: string, slug?: string): Promise<string> {
      const { operationId, templateId } = await fleet.publish(migrations, seed, slug)
      const state = await fleet.ended(operationId)
      if (state !== 'succeeded' || !templateId) throw new Error(`template build ${state}`)
      return templateId
    },
    provision(templateId: string, slug = `college-${++count}`): Promise<Enqueued> {
      return runVerb(core, systemActor, provisionTenant, {
        idempotencyKey: `provision-${slug}-${++count}`,
        slug,
        displayName: slug,
        templateId,
        labels: {},
        notes: '',
        fromPool: true,
      })
    },
    ended: (operationId: string) => awaitOperation(core, operationId, AbortSignal.timeout(25_000)),
    rows: async (query: string) => (await control.pool.query(query)).rows,
    /** Schemas, roles and logins that are on the cluster. */
    inventory: async () =>
      (await cluster.pool.query('select kind, name from tenantry.inventory() order by 1, 2')).rows,
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      await boss.stop({ graceful: false })
      await clusters.close()
      await cable.close()
      await cluster.drop()
      await control.drop()
    },
  }
  return fleet
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>
