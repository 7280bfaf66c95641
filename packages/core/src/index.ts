export { type Actor, systemActor, systemUserId } from './actor.ts'
export { type AuditEntry, appendAudit, redact } from './audit/append-audit.ts'
export { addCluster } from './clusters/add-cluster.ts'
export { changeCluster } from './clusters/change-cluster.ts'
export { checkCluster } from './clusters/check-cluster.ts'
export { cordonCluster, uncordonCluster } from './clusters/cordon-cluster.ts'
export { detachCluster } from './clusters/detach-cluster.ts'
export { ensureCluster, type WantedCluster } from './clusters/ensure-cluster.ts'
export { upgradeClusters } from './clusters/upgrade-clusters.ts'
export type { CoreContext } from './core-context.ts'
export { type Duty, type RunningDuties, startDuties } from './duties/duties.ts'
export { forgetOld } from './duties/forget-old.ts'
export { onceAcrossProcesses } from './duties/once-across-processes.ts'
export { relayEvents } from './duties/relay-events.ts'
export { sampleFleet } from './duties/sample-fleet.ts'
export { addMember } from './members/add-member.ts'
export { changeMember } from './members/change-member.ts'
export { changePassword } from './members/change-password.ts'
export { createFirstAdministrator } from './members/create-first-administrator.ts'
export { endSessions, type SessionEnd } from './members/end-sessions.ts'
export { ensureSystemUser } from './members/ensure-system-user.ts'
export { hashPassword, verifyPassword } from './members/password.ts'
export { resetPassword } from './members/reset-password.ts'
export {
  createOperationMetrics,
  type OperationMetrics,
  type OperationOutcome,
} from './metrics/operation-metrics.ts'
export { awaitOperation } from './operations/await-operation.ts'
export { cancelOperation } from './operations/cancel-operation.ts'
export { type ClaimedOperation, claimOperation, prolongLeases } from './operations/claim-operation.ts'
export {
  beginUndo,
  type Effect,
  FencedError,
  failOperation,
  postponeOperation,
  postponeUndo,
  succeedOperation,
} from './operations/end-operation.ts'
export type { Enqueued } from './operations/enqueue-operation.ts'
export { rescueAbandoned, rescueForgotten } from './operations/rescue-operations.ts'
export { retryOperation } from './operations/retry-operation.ts'
export {
  choosePlacement,
  type Placement,
  type PlacementCandidate,
} from './placement/choose-placement.ts'
export { placementCandidates, placeTenant } from './placement/place-tenant.ts'
export { type PlacementPreview, previewPlacement } from './placement/preview-placement.ts'
export { type PlacementView, readPlacement } from './placement/read-placement.ts'
export { setPlacement } from './placement/set-placement.ts'
export { openBoss } from './queue/open-boss.ts'
export { prepareQueues } from './queue/prepare-queues.ts'
export { createQueue, type Queue, type WakeUp } from './queue/queue.ts'
export { setQuota } from './quotas/set-quota.ts'
export { auditAttempt, authorize, defineVerb, runVerb, type Verb, type VerbContext } from './run-verb.ts'
export { setSetting } from './settings/set-setting.ts'
export { publishTemplate } from './templates/publish-template.ts'
export { annotateTenant } from './tenants/annotate-tenant.ts'
export { archiveTenant } from './tenants/archive-tenant.ts'
export { discardTenant } from './tenants/discard-tenant.ts'
export { provisionTenant } from './tenants/provision-tenant.ts'
export { purgeTenant } from './tenants/purge-tenant.ts'
export { renameTenant } from './tenants/rename-tenant.ts'
export { restoreTenant } from './tenants/restore-tenant.ts'
export { resumeTenant } from './tenants/resume-tenant.ts'
export { type IssuedCredentials, rotateCredentials } from './tenants/rotate-credentials.ts'
export { suspendTenant } from './tenants/suspend-tenant.ts'
export { transferTenant } from './tenants/transfer-tenant.ts'
export { toTenantryError } from './to-tenantry-error.ts'
