import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { apiDefaults, startApi, startProbes } from '@tenantry/api'
import { createFirstAdministrator, evaluateAlerts, relayEvents, startDuties } from '@tenantry/core'
import { openClusters, startWorker } from '@tenantry/worker'
import { Registry } from 'prom-client'
import { announce } from './announce.ts'
import { fillDemoFleet } from './boot/demo-fleet.ts'
import { embeddedMasterKey } from './boot/embedded-databases.ts'
import { openEmbedded } from './boot/open-embedded.ts'
import { prepare } from './boot/prepare.ts'
import { wantedClusters } from './boot/wanted-clusters.ts'
import { buildInfo } from './build-info.ts'
import { describeFault } from './describe-fault.ts'
import { type Environment, readEnvironment, SettingsError } from './env.ts'
import { openFailpoint } from './failpoint.ts'
import { openLogger } from './logging/open-logger.ts'
import { openSyslog } from './logging/open-syslog.ts'
import { openCore } from './open-core.ts'
import { closeInTurn } from './shutdown.ts'
import { openTelemetry } from './telemetry/open-telemetry.ts'

const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url))

let settings: Environment
try {
  settings = readEnvironment(process.env)
} catch (error) {
  console.error(error instanceof SettingsError ? error.message : error)
  process.exit(2)
}
const format = settings.TENANTRY_LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'otel')
// The exporters read it there; it may have come from a file.
if (settings.OTEL_EXPORTER_OTLP_HEADERS) {
  process.env.OTEL_EXPORTER_OTLP_HEADERS = settings.OTEL_EXPORTER_OTLP_HEADERS
}
const telemetry = await openTelemetry({
  role: settings.TENANTRY_ROLE,
  version: buildInfo().version,
  variables: process.env,
})
const { resource, emit } = telemetry
const syslog = settings.TENANTRY_SYSLOG_URL
  ? await openSyslog(settings.TENANTRY_SYSLOG_URL, resource)
  : undefined
const log = openLogger({
  level: settings.TENANTRY_LOG_LEVEL,
  format,
  role: settings.TENANTRY_ROLE,
  resource,
  listeners: [...(emit ? [emit] : []), ...(syslog ? [syslog.send] : [])],
})
const closing = closeInTurn(log)
try {
  // First to open, last to close: what the others say at their end still gets out.
  await closing.start(
    'telemetry',
    () => {},
    () => Promise.all([telemetry.close(), syslog?.close()]),
  )
  await main()
  closing.started()
} catch (error) {
  console.error(describeFault(error, settings.TENANTRY_LOG_LEVEL === 'debug'))
  await closing.close()
  process.exit(1)
}

async function main(): Promise<void> {
  const role = settings.TENANTRY_ROLE
  const embedded = settings.embedded ? await openEmbedded(settings.home, log, closing) : undefined
  const controlUrl = embedded?.controlUrl ?? settings.DATABASE_URL ?? ''
  const masterKey = settings.TENANTRY_MASTER_KEY ?? embeddedMasterKey(settings.home)
  const linkLocalClusters = settings.TENANTRY_CLUSTER_LINK_LOCAL
  const clusters = wantedClusters(settings, embedded)
  await closing.start('databases', () => prepare({ controlUrl, masterKey, linkLocalClusters, clusters }, log))
  const registry = new Registry()
  const { core, boss, pool, observe } = await closing.start(
    'control database',
    () =>
      openCore(
        {
          controlUrl,
          role,
          masterKey,
          linkLocalClusters,
          publicUrl: settings.TENANTRY_PUBLIC_URL,
          channelNetworks: settings.TENANTRY_CHANNEL_NETWORKS ?? [],
          registry,
        },
        log,
      ),
    ({ close }) => close(),
  )

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
    metricsTenants: settings.TENANTRY_METRICS_TENANTS,
  }
  // Before the worker: a start that fails for its port has taken up no work yet, and a worker that drains still answers.
  const door = await closing.start(
    'HTTP',
    () =>
      role === 'worker'
        ? startProbes({ core, pool, config, registry }, listen)
        : startApi({ core, pool, listenUrl: controlUrl, config, registry }, listen),
    ({ close }) => close(),
  )

  if (role === 'api') {
    // Somebody must put events in order even while no worker runs, and say so.
    await closing.start(
      'duties',
      () => startDuties([relayEvents(core), evaluateAlerts(core)], log),
      (duties) => duties.stop(),
    )
  } else {
    const pools = await closing.start(
      'clusters',
      () => openClusters(masterKey, settings.TENANTRY_CLUSTER_CONCURRENCY * 2 + 2, log, observe),
      (opened) => opened.close(),
    )
    const failpoint = openFailpoint(settings.TENANTRY_FAILPOINT)
    await closing.start(
      'worker',
      () =>
        startWorker({
          core,
          boss,
          clusters: pools,
          settings: {
            leaseMs: settings.TENANTRY_LEASE_SECONDS * 1000,
            scriptDeadlineMs: settings.TENANTRY_SCRIPT_DEADLINE_SECONDS * 1000,
            drainMs: settings.TENANTRY_DRAIN_SECONDS * 1000,
            watchdogUrl: settings.TENANTRY_WATCHDOG_URL,
          },
          ...(failpoint ? { failpoint } : {}),
        }),
      (worker) => worker.close(),
    )
  }

  // Made where somebody reads of it, and told at once: nobody learns the password a second time.
  const administrator = role === 'worker' ? undefined : await createFirstAdministrator(core)
  announce({ address: settings.TENANTRY_PUBLIC_URL ?? door.address, role, format, administrator, log })

  if (role !== 'api' && (settings.TENANTRY_DEMO ?? settings.embedded)) {
    const filled = fillDemoFleet(core, closing.signal).catch((err) =>
      log.error({ err }, 'the demo fleet is not filled; the next start goes on with it'),
    )
    await closing.start(
      'demo fleet',
      () => {},
      () => filled,
    )
  }
}
