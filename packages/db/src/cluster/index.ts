export { buildSnapshot, type Snapshot, type SnapshotMigration, TemplateError } from './build-snapshot.ts'
export { checkClusterSettings, type SettingFinding } from './check-cluster-settings.ts'
export { inspectMigration, type MigrationInspection, type MigrationRefusal } from './inspect-migration.ts'
export { asRole, type InstalledCluster, installCluster } from './install-cluster.ts'
export {
  DeadlineError,
  type GuardedSession,
  type GuardedSessionOptions,
  openGuardedSession,
} from './open-guarded-session.ts'
export { type ClusterRefusal, refusalOf } from './refusal-of.ts'
export { renderSnapshot, type SnapshotNames } from './render-snapshot.ts'
export { type PartsOutcome, runInParts } from './run-in-parts.ts'
export { scramVerifier } from './scram-verifier.ts'
export { ScriptError } from './script-error.ts'
