import type { CoreContext } from '@tenantry/core'
import type { Clusters } from './clusters/clusters.ts'

/** What jobs and monitors stand on. */
export interface WorkerContext {
  readonly core: CoreContext
  readonly clusters: Clusters
  readonly workerId: string
  readonly settings: WorkerSettings
  /** Called at every named point of an operation; crash tests end the process there. */
  readonly failpoint: (name: string) => void | Promise<void>
}

export interface WorkerSettings {
  /** Milliseconds for which a claimed operation is this worker's own; prolonged three times within it. */
  readonly leaseMs: number
  /** Milliseconds that one script in a tenant may run. */
  readonly scriptDeadlineMs: number
  /** Milliseconds to let running operations end at shutdown. */
  readonly drainMs: number
  /** Milliseconds between two looks at which clusters are registered; 3000 when left out. */
  readonly takeUpMs?: number
  /** Pinged while alert rules are evaluated; left out: nobody outside watches. */
  readonly watchdogUrl?: string | undefined
}
