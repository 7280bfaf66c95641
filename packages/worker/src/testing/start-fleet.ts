import { randomBytes } from 'node:crypto'
import type { OnFailure } from '@tenantry/contracts'
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
  requestComparison,
  runVerb,
  systemActor,
  systemUserId,
} from '@tenantry/core'
import { openVault } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { createControlDatabase, createTestDatabase } from '@tenantry/db/testing'
import pg from 'pg'
import pino from 'pino'
import { openClusters } from '../clusters/clusters.ts'
import { reconcile } from '../monitors/reconcile.ts'
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

export interface FleetSettings {
  readonly leaseMs?: number
  readonly scriptDeadlineMs?: number
  /** Superuser connection string of the server that the cluster's database shall be on; the shared one when left out. */
  readonly clusterServer?: string
  /** Another cluster, `eu-2`: another database of the same server, unless its administrator's URL says where. */
  readonly secondCluster?: boolean | string
}

/** A control database, one cluster and workers on real parts; what a test needs to see a tenant come to life. */
export async function startFleet({ clusterServer, secondCluster, ...settings }: FleetSettings = {}) {
  const control = await createControlDatabase()
  const cluster = await createTestDatabase(clusterServer ? { server: clusterServer } : {})
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
  const second = secondCluster
    ? await addSecond(secondCluster, async (name, adminUrl) => {
        const id = await ensureCluster(
          { db: control.db, log, vault, queue: { wake: async () => {} } },
          { name, adminUrl },
        )
        return id ?? ''
      })
    : undefined
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
    /** The second cluster, where one was asked for. */
    get second() {
      if (!second) throw new Error('startFleet without secondCluster')
      return second
    },
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
      if (state !== 'succeeded' || !templateId) {
        const [row] = await fleet.rows(`select error from control.operation where id = '${operationId}'`)
        throw new Error(`template build ${state}: ${JSON.stringify(row.error)}`)
      }
      return templateId
    },
    provision(
      templateId: string,
      slug = `college-${++count}`,
      more: { onFailure?: OnFailure; clusterId?: string } = {},
    ): Promise<Enqueued> {
      return runVerb(core, systemActor, provisionTenant, {
        idempotencyKey: `provision-${slug}-${++count}`,
        slug,
        displayName: slug,
        templateId,
        labels: {},
        notes: '',
        fromPool: true,
        ...more,
      })
    },
    ended: (operationId: string) => awaitOperation(core, operationId, AbortSignal.timeout(25_000)),
    rows: async (query: string) => (await control.pool.query(query)).rows,
    /** Schemas, roles and logins that are on the cluster. */
    inventory: async () =>
      (await cluster.pool.query('select kind, name from tenantry.inventory() order by 1, 2')).rows,
    /** Compares registry and cluster now, as the duty does. @returns what is open or ignored, of kind and subject */
    async compare() {
      await requestComparison(core.db, clusterId)
      const [{ run }] = await fleet.rows('select run from control.reconciliation')
      await reconcile({ core, clusters }).run()
      // A worker's own duty may have been quicker.
      let last: { ended: boolean; fault: string | null } | undefined
      while (!last?.ended) {
        ;[last] = await fleet.rows(
          `select run > ${run} and ended_at >= started_at as ended, fault from control.reconciliation`,
        )
      }
      if (last.fault) throw new Error(last.fault)
      return fleet.rows("select * from control.finding where state <> 'resolved' order by kind, subject")
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      await boss.stop({ graceful: false })
      await clusters.close()
      await cable.close()
      await second?.drop()
      await cluster.drop()
      await control.drop()
    },
  }
  return fleet
}

/** Behind a relay of its own, which can be cut. */
async function addSecond(where: true | string, add: (name: string, adminUrl: string) => Promise<string>) {
  const database =
    where === true
      ? await createTestDatabase()
      : { url: where, pool: new pg.Pool({ connectionString: where, max: 4 }), drop: async () => {} }
  const url = new URL(database.url)
  const cable = await startTcpRelay({ host: url.hostname, port: Number(url.port) })
  url.port = String(cable.port)
  const id = await add('eu-2', url.href)
  return {
    id,
    cable,
    url: database.url,
    pool: database.pool,
    async drop() {
      await cable.close()
      if (where !== true) await database.pool.end()
      await database.drop()
    },
  }
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>
