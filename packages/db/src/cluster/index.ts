export { buildSnapshot, type Snapshot, type SnapshotMigration, TemplateError } from './build-snapshot.ts'
export { type ClusterLook, type ClusterSeen, checkCluster } from './check/check-cluster.ts'
export { checkClusterSettings } from './check/check-cluster-settings.ts'
export { type ClusterIdentity, isSameDatabase, type KnownCluster, readIdentity } from './check/identity.ts'
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
export { scramVerifier } from './scram-verifier.ts'
export { ScriptError } from './script-error.ts'
