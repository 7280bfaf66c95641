import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  awaitOperation,
  createQueue,
  createServiceCache,
  ensureCluster,
  openBoss,
  prepareQueues,
  publishTemplate,
  runVerb,
  systemActor,
  systemUserId,
} from '@tenantry/core'
import { migrateControl, openControl, openVault } from '@tenantry/db'
import { startEmbedded } from '@tenantry/db/embedded'
import { cluster, user } from '@tenantry/db/schema'
import { openClusters, startWorker } from '@tenantry/worker'
import pg from 'pg'
import pino from 'pino'

const university = fileURLToPath(new URL('../../examples/university/', import.meta.url))

/**
 * The whole control plane on an embedded server with fsync on, and the university template ready.
 * @param failpoint told of every named point that an operation passes
 */
export async function startBenchFleet(failpoint?: (name: string) => void) {
  const root = mkdtempSync(path.join(tmpdir(), 'tenantry-bench-'))
  const server = await startEmbedded({ dir: path.join(root, 'pg'), password: 'bench' })
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query('create database control')
  await admin.query('create database cluster')
  await admin.end()
  const urlOf = (name: string) => server.url.replace(/\/postgres$/, `/${name}`)

  const log = pino({ level: 'silent' })
  await migrateControl(urlOf('control'))
  const control = openControl(urlOf('control'), { name: 'bench' })
  await control.db.insert(user).values({ id: systemUserId, email: 'system', name: 'Tenantry', role: 'admin' })
  const masterKey = randomBytes(32)
  const vault = openVault(masterKey)
  await prepareQueues(urlOf('control'), [])
  await ensureCluster(
    { db: control.db, log, vault, queue: { wake: async () => {} } },
    { name: 'bench', adminUrl: urlOf('cluster') },
  )
  const boss = await openBoss(urlOf('control'), { name: 'bench', supervise: true, onError: () => {} })
  const core = { db: control.db, queue: createQueue(boss), log, vault, cache: createServiceCache() }
  const clusters = openClusters(masterKey, 8, log)
  const attempts = new Map<string, PromiseWithResolvers<void>>()
  const attemptOf = (operationId: string) => {
    const known = attempts.get(operationId) ?? Promise.withResolvers<void>()
    attempts.set(operationId, known)
    return known
  }
  const worker = await startWorker({
    core,
    boss,
    clusters,
    settings: { leaseMs: 10_000, scriptDeadlineMs: 60_000, drainMs: 5000 },
    onAttempt: ({ claimed }) => claimed && attemptOf(claimed.operation.id).resolve(),
    ...(failpoint ? { failpoint } : {}),
  })
  const migrations = readdirSync(`${university}migrations`)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file.replace(/^\d+_|\.sql$/g, ''),
      sql: readFileSync(`${university}migrations/${file}`, 'utf8'),
    }))
  const published = await runVerb(core, systemActor, publishTemplate, {
    idempotencyKey: 'bench-template',
    slug: 'university',
    name: 'University',
    description: '',
    migrations,
    seed: readFileSync(`${university}seed.sql`, 'utf8'),
  })
  const state = await awaitOperation(core, published.operationId)
  if (state !== 'succeeded' || !published.templateId) throw new Error(`the template's build ${state}`)
  return {
    core,
    /** Operations at once, on the fleet's only cluster. */
    concurrency: (await core.db.select({ max: cluster.maxConcurrency }).from(cluster))[0]?.max ?? 1,
    templateId: published.templateId,
    clusterUrl: urlOf('cluster'),
    /** Resolves when an attempt of the operation has ended. */
    attempt: (operationId: string) => attemptOf(operationId).promise,
    async close() {
      await worker.close()
      await boss.stop({ graceful: false })
      await clusters.close()
      await control.pool.end()
      await server.stop()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
