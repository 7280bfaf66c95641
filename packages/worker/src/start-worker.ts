import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { type OperationJob, workerHeartbeatMs } from '@tenantry/contracts'
import {
  announceIncidents,
  type CoreContext,
  escalateIncidents,
  evaluateAlerts,
  feedBulks,
  feedBulksName,
  forgetOld,
  forgetWorker,
  keepAlertmanagers,
  keepSamples,
  openSender,
  pingWatchdog,
  type RunningDuties,
  recordHeartbeat,
  relayEvents,
  rescueAbandoned,
  rescueForgotten,
  sampleFleet,
  sampleMetrics,
  startDuties,
} from '@tenantry/core'
import { newId } from '@tenantry/db'
import type { PgBoss } from 'pg-boss'
import type { Clusters } from './clusters/clusters.ts'
import { keepHands } from './clusters/keep-hands.ts'
import { checkClusters } from './monitors/check-clusters.ts'
import { collectUsage } from './monitors/collect-usage.ts'
import { findAdoptable } from './monitors/find-adoptable.ts'
import { holdQuotas, holdQuotasName } from './monitors/hold-quotas.ts'
import { changesPool, keepPool } from './monitors/keep-pool.ts'
import { reconcile } from './monitors/reconcile.ts'
import { keepLeases } from './operations/keep-leases.ts'
import { type Attempt, runOperation } from './operations/run-operation.ts'
import type { WorkerContext, WorkerSettings } from './worker-context.ts'

export interface WorkerOptions {
  readonly core: CoreContext
  readonly boss: PgBoss
  readonly clusters: Clusters
  readonly settings: WorkerSettings
  /** Told of every attempt that has ended. */
  readonly onAttempt?: (attempt: Attempt) => void
  readonly failpoint?: (name: string) => void | Promise<void>
}

export interface RunningWorker {
  readonly id: string
  /** Takes no new work, lets running operations end (bounded), then stops. What is left others take over. */
  close(): Promise<void>
}

/** Starts the hands: claims operations of every cluster, within its concurrency, and keeps the background duties. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { core, boss, clusters, settings } = options
  const worker: WorkerContext = {
    core,
    clusters,
    settings,
    workerId: newId('wk'),
    failpoint: options.failpoint ?? (() => {}),
  }
  const leases = keepLeases(core, worker.workerId, settings.leaseMs)
  const rescue = async (find: () => Promise<number>) => {
    const woken = await find()
    if (woken) core.log.info({ woken }, 'operations rescued')
    return 'rest' as const
  }
  let duties: RunningDuties | undefined
  const work = async (operationId: string) => {
    try {
      const attempt = await runOperation(worker, leases, operationId)
      options.onAttempt?.(attempt)
      // A tenant that has come to life, or elsewhere, is held to its limits at once.
      if (attempt.claimed?.operation.tenantId) duties?.nudge(holdQuotasName)
      if (changesPool(attempt.claimed?.operation.kind)) duties?.nudge('keep-pool')
      // The next child of its bulk can be requested.
      if (attempt.claimed?.operation.bulkId) duties?.nudge(feedBulksName)
      await worker.failpoint('complete.before')
    } catch (err) {
      core.log.warn({ err, operation: operationId }, 'attempt broken off; another one follows')
    }
  }
  /**
   * Takes up the operations of a cluster while one of its hands is free. One fetch a wake-up, however many hands: each
   * of them fetching for itself would ask the queue as often as there are hands, at the very moment when work begins.
   */
  const takeUp = async (queue: string, hands: () => number) => {
    let busy = 0
    let freed = Promise.withResolvers<void>()
    const self: string = await boss.work<OperationJob>(
      queue,
      { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 },
      async ([job]) => {
        if (!job) return
        busy++
        void work(job.data.operationId).then(() => {
          busy--
          freed.resolve()
          freed = Promise.withResolvers()
        })
        // The job has done its part: it has woken somebody. What comes of it is in the operation's row.
        while (busy >= hands()) await freed.promise
        // More may be queued than one NOTIFY told of: look again at once instead of at the next poll.
        boss.notifyWorker(self)
      },
    )
    return self
  }
  const hands = keepHands({ core, boss, clusters, takeUp })
  const beat = async () => {
    await recordHeartbeat(core, {
      id: worker.workerId,
      name: `${hostname()}:${process.pid}`,
      inHand: leases.held,
    })
    return 'rest' as const
  }
  await beat()
  // Apart from the duties: it is heard of for as long as it has something in hand.
  const pulse = startDuties([{ name: 'heartbeat', everyMs: workerHeartbeatMs, run: beat }], core.log)
  await hands.follow()
  const sender = openSender(core, worker.failpoint)
  const send = () => duties?.nudge(sender.duty.name)
  const running = startDuties(
    [
      relayEvents(core),
      sampleFleet(core),
      sampleMetrics(core),
      keepSamples(core),
      forgetOld(core),
      evaluateAlerts(core, { failpoint: worker.failpoint }),
      feedBulks(core, worker.failpoint),
      checkClusters(worker),
      collectUsage(worker),
      findAdoptable(worker),
      reconcile(worker),
      keepPool(worker),
      holdQuotas(worker),
      announceIncidents(core, send),
      escalateIncidents(core, send),
      sender.duty,
      keepAlertmanagers(core),
      ...(settings.watchdogUrl ? [pingWatchdog(core, settings.watchdogUrl)] : []),
      {
        name: 'take-up-clusters',
        everyMs: settings.takeUpMs ?? 3000,
        run: async () => {
          await hands.follow()
          return 'rest'
        },
      },
      {
        name: 'rescue-abandoned',
        everyMs: Math.min(1000, settings.leaseMs / 2),
        run: () => rescue(() => rescueAbandoned(core, settings.leaseMs)),
      },
      {
        name: 'rescue-forgotten',
        everyMs: 5000,
        run: () => rescue(() => rescueForgotten(core, settings.leaseMs)),
      },
    ],
    core.log,
  )
  duties = running
  core.log.info({ worker: worker.workerId, clusters: hands.clusters }, 'worker is ready')
  return {
    id: worker.workerId,
    async close() {
      await running.stop()
      await sender.close()
      await hands.stop()
      const until = Date.now() + settings.drainMs
      while (leases.held && Date.now() < until) await delay(20)
      leases.stop()
      await pulse.stop()
      // Without the control database it is forgotten after a day.
      await forgetWorker(core, worker.workerId).catch(() => {})
    },
  }
}
