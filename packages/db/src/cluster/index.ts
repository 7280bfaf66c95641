export { buildSnapshot, type Snapshot, type SnapshotMigration, TemplateError } from './build-snapshot.ts'
export { type ClusterLook, type ClusterSeen, checkCluster } from './check/check-cluster.ts'
export { checkClusterSettings } from './check/check-cluster-settings.ts'
export { type ClusterIdentity, isSameDatabase, type KnownCluster, readIdentity } from './check/identity.ts'
export { type CopiedData, type CopyProgress, copyData } from './copy/copy-data.ts'
export { CopyError } from './copy/copy-error.ts'
export {
  openFingerprint,
  type StructureObjects,
  structuralDifferences,
  structureOf,
} from './copy/copy-structure.ts'
export { filledViews, type TableToCopy, tablesToCopy } from './copy/describe-data.ts'
export { dumpStructure } from './copy/dump-structure.ts'
export { emptySchema } from './copy/empty-schema.ts'
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
