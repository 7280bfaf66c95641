import {
  createCacheMetrics,
  createNotificationMetrics,
  createOperationMetrics,
  createQueue,
  createServiceCache,
  createStatementMetrics,
  openBoss,
} from '@tenantry/core'
import { openControl, openVault } from '@tenantry/db'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'

export interface CoreSettings {
  readonly controlUrl: string
  readonly role: 'all' | 'api' | 'worker'
  readonly masterKey: Buffer
  readonly linkLocalClusters: boolean
  readonly publicUrl?: string | undefined
  readonly channelNetworks?: readonly string[]
  readonly registry: Registry
}

/** What every role of the process stands on. */
export async function openCore(
  { controlUrl, role, masterKey, linkLocalClusters, publicUrl, channelNetworks = [], registry }: CoreSettings,
  log: Logger,
) {
  const onError = (err: Error) => log.warn({ err }, 'control database connection lost')
  const observe = createStatementMetrics(registry)
  const control = openControl(controlUrl, {
    name: `tenantry ${role}`,
    max: role === 'api' ? 10 : 16,
    onError,
    onStatement: (...said) => observe('control', ...said),
  })
  const boss = await openBoss(controlUrl, {
    name: `tenantry ${role} queue`,
    supervise: role !== 'api',
    onError,
  })
  return {
    core: {
      db: control.db,
      queue: createQueue(boss),
      log,
      metrics: createOperationMetrics(registry),
      notificationMetrics: createNotificationMetrics(registry),
      vault: openVault(masterKey),
      linkLocalClusters,
      publicUrl,
      channelNetworks,
      cache: createServiceCache({ metrics: createCacheMetrics(registry) }),
    },
    boss,
    /** Told of every statement that goes to a cluster. */
    observe,
    pool: control.pool,
    async close() {
      await boss.stop({ graceful: false })
      await control.pool.end()
    },
  }
}
