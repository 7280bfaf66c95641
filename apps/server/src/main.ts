import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { apiDefaults, startApi, startProbes } from '@tenantry/api'
import { createFirstAdministrator, createOperationMetrics, relayEvents, startDuties } from '@tenantry/core'
import { openClusters, startWorker } from '@tenantry/worker'
import { Registry } from 'prom-client'
import { announce } from './announce.ts'
import { fillDemoFleet } from './boot/demo-fleet.ts'
import { embeddedMasterKey, startEmbeddedDatabases } from './boot/embedded-databases.ts'
import { prepare } from './boot/prepare.ts'
import { buildInfo } from './build-info.ts'
import { type Environment, readEnvironment, SettingsError } from './env.ts'
import { openFailpoint } from './failpoint.ts'
import { openCore } from './open-core.ts'
import { openLogger } from './open-logger.ts'
import { closeInTurn } from './shutdown.ts'

const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

async function main(settings: Environment): Promise<void> {
  const role = settings.TENANTRY_ROLE
  const format = settings.TENANTRY_LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json')
  const log = openLogger(settings.TENANTRY_LOG_LEVEL, format, role)
  const closing = closeInTurn(log)
  const stopping = new AbortController()
  closing.add('waits', async () => stopping.abort())

  const embedded = settings.embedded ? await startEmbeddedDatabases(settings.home) : undefined
  if (embedded) {
    closing.add('embedded PostgreSQL', () => embedded.server.stop())
    log.info({ adopted: embedded.server.adopted, home: settings.home }, 'embedded PostgreSQL is up')
  }
  const controlUrl = embedded?.controlUrl ?? settings.DATABASE_URL ?? ''
  const clusterUrl = settings.TENANTRY_CLUSTER_URL ?? embedded?.clusterUrl
  const masterKey = settings.TENANTRY_MASTER_KEY ?? embeddedMasterKey(settings.home)

  await prepare(
    {
      controlUrl,
      masterKey,
      ...(clusterUrl
        ? {
            firstCluster: {
              name: settings.TENANTRY_CLUSTER_NAME,
              adminUrl: clusterUrl,
              maxConcurrency: settings.TENANTRY_CLUSTER_CONCURRENCY,
            },
          }
        : {}),
    },
    log,
  )
  const { core, boss, pool, close } = await openCore(controlUrl, role, log)
  closing.add('control database', close)
  const administrator = await createFirstAdministrator(core)

  const registry = new Registry()
  const listen = { host: settings.TENANTRY_HOST, port: settings.PORT }
  const config = {
    ...apiDefaults,
    publicUrl: settings.TENANTRY_PUBLIC_URL,
    secureCookies: settings.TENANTRY_PUBLIC_URL?.startsWith('https://') ?? false,
    trustProxy: settings.TENANTRY_PUBLIC_URL !== undefined,
    node: `${hostname()}:${process.pid}`,
    build: buildInfo(),
    webRoot,
    metricsToken: settings.TENANTRY_METRICS_TOKEN,
  }

  if (role !== 'api') {
    const clusters = openClusters(masterKey, settings.TENANTRY_CLUSTER_CONCURRENCY * 2 + 2, log)
    closing.add('clusters', () => clusters.close())
    const failpoint = openFailpoint(settings.TENANTRY_FAILPOINT)
    const worker = await startWorker({
      core,
      boss,
      clusters,
      settings: {
        leaseMs: settings.TENANTRY_LEASE_SECONDS * 1000,
        scriptDeadlineMs: settings.TENANTRY_SCRIPT_DEADLINE_SECONDS * 1000,
        drainMs: settings.TENANTRY_DRAIN_SECONDS * 1000,
      },
      metrics: createOperationMetrics(registry),
      ...(failpoint ? { failpoint } : {}),
    })
    closing.add('worker', () => worker.close())
  } else {
    // Somebody must put events in order even while no worker runs.
    const duties = startDuties([relayEvents(core)], log)
    closing.add('duties', () => duties.stop())
  }

  const door =
    role === 'worker'
      ? await startProbes({ core, pool, config, registry }, listen)
      : await startApi({ core, pool, listenUrl: controlUrl, config, registry }, listen)
  closing.add('HTTP', () => door.close())

  announce({ address: settings.TENANTRY_PUBLIC_URL ?? door.address, role, format, administrator, log })
  if (role !== 'api' && (settings.TENANTRY_DEMO ?? settings.embedded)) {
    fillDemoFleet(core, stopping.signal).catch((err) =>
      log.error({ err }, 'the demo fleet could not be filled'),
    )
  }
}

try {
  await main(readEnvironment(process.env))
} catch (error) {
  if (error instanceof SettingsError) {
    console.error(error.message)
    process.exit(2)
  }
  console.error(describe(error))
  process.exit(1)
}

/** What stopped the start, in words a person can act on; the stack is for TENANTRY_LOG_LEVEL=debug. */
function describe(error: unknown): string {
  const { code, message, stack, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what listens there, or set PORT to another.`
  if (code === 'ECONNREFUSED')
    return `PostgreSQL does not answer (${message}): check DATABASE_URL and that it runs.`
  return process.env.TENANTRY_LOG_LEVEL === 'debug' ? String(stack) : `Tenantry cannot start: ${message}`
}
