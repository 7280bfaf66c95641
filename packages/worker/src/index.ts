export { type Clusters, openClusters } from './clusters/clusters.ts'
export type { Attempt, AttemptOutcome } from './operations/run-operation.ts'
export { type RunningWorker, startWorker, type WorkerOptions } from './start-worker.ts'
export type { WorkerSettings } from './worker-context.ts'
