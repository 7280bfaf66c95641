import { openClusters, startWorker } from '@tenantry/worker'
import pino from 'pino'
import { Registry } from 'prom-client'
import { readEnvironment } from '../../env.ts'
import { openFailpoint } from '../../failpoint.ts'
import { openCore } from '../../open-core.ts'

// A worker as the server's main starts it, without what main does before: bringing the databases to this release takes
// turns among all processes, and here one starts every second.
const settings = readEnvironment(process.env)
const controlUrl = settings.DATABASE_URL
const masterKey = settings.TENANTRY_MASTER_KEY
if (!controlUrl || !masterKey) throw new Error('a worker needs a control database and the master key')
const log = pino({ level: 'info' })
const { core, boss } = await openCore(
  { controlUrl, role: 'worker', masterKey, linkLocalClusters: false, registry: new Registry() },
  log,
)
const failpoint = openFailpoint(settings.TENANTRY_FAILPOINT)
await startWorker({
  core,
  boss,
  clusters: openClusters(masterKey, settings.TENANTRY_CLUSTER_CONCURRENCY * 2 + 2, log),
  settings: {
    leaseMs: settings.TENANTRY_LEASE_SECONDS * 1000,
    scriptDeadlineMs: settings.TENANTRY_SCRIPT_DEADLINE_SECONDS * 1000,
    drainMs: settings.TENANTRY_DRAIN_SECONDS * 1000,
  },
  ...(failpoint ? { failpoint } : {}),
})
log.info({ address: 'none' }, 'ready')
