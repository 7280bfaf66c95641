export { type Actor, systemActor, systemUserId } from './actor.ts'
export { acknowledgeIncident } from './alerts/acknowledge-incident.ts'
export { addSilence } from './alerts/add-silence.ts'
export { endSilence } from './alerts/end-silence.ts'
export { evaluateAlerts } from './alerts/evaluate-alerts.ts'
export { installBuiltinRules } from './alerts/install-builtin-rules.ts'
export { noteIncident } from './alerts/note-incident.ts'
export { previewRule, type RulePreview, type SubjectPreview } from './alerts/preview-rule.ts'
export { previewSilence, type SilencePreview } from './alerts/preview-silence.ts'
export { type EngineView, readEngine } from './alerts/read-engine.ts'
export { type Runbook, readRunbook } from './alerts/read-runbook.ts'
export { releaseIncident } from './alerts/release-incident.ts'
export { removeRule } from './alerts/remove-rule.ts'
export { setRule } from './alerts/set-rule.ts'
export { type AuditEntry, appendAudit, redact } from './audit/append-audit.ts'
export { cancelBulk } from './bulk/cancel-bulk.ts'
export { type CheckedImport, checkImport } from './bulk/check-import.ts'
export { feedBulk, feedBulks, feedBulksName } from './bulk/feed-bulks.ts'
export { importTenants } from './bulk/import-tenants.ts'
export type { StartedBulk } from './bulk/insert-bulk.ts'
export { labelTenants } from './bulk/label-tenants.ts'
export { pauseBulk } from './bulk/pause-bulk.ts'
export { type BulkPreview, previewBulk } from './bulk/preview-bulk.ts'
export { resumeBulk } from './bulk/resume-bulk.ts'
export { retryBulk } from './bulk/retry-bulk.ts'
export { startBulk } from './bulk/start-bulk.ts'
export { type CacheMetrics, createCacheMetrics } from './cache/cache-metrics.ts'
export { type CachePlace, readThrough } from './cache/read-through.ts'
export { createServiceCache, type Region, type ServiceCache } from './cache/service-cache.ts'
export { tagsOfEvent } from './cache/tags-of-event.ts'
export { removeChannel } from './channels/remove-channel.ts'
export { setChannel } from './channels/set-channel.ts'
export { testChannel } from './channels/test-channel.ts'
export { addCluster } from './clusters/add-cluster.ts'
export { changeCluster } from './clusters/change-cluster.ts'
export { checkCluster } from './clusters/check-cluster.ts'
export { cordonCluster, uncordonCluster } from './clusters/cordon-cluster.ts'
export { detachCluster } from './clusters/detach-cluster.ts'
export { drainCluster } from './clusters/drain-cluster.ts'
export { ensureCluster, type WantedCluster } from './clusters/ensure-cluster.ts'
export { upgradeClusters } from './clusters/upgrade-clusters.ts'
export type { CoreContext } from './core-context.ts'
export { type Duty, type RunningDuties, startDuties } from './duties/duties.ts'
export { forgetOld } from './duties/forget-old.ts'
export { keepSamples } from './duties/keep-samples.ts'
export { onceAcrossProcesses } from './duties/once-across-processes.ts'
export { relayEvents } from './duties/relay-events.ts'
export { sampleFleet } from './duties/sample-fleet.ts'
export { sampleMetrics } from './duties/sample-metrics.ts'
export { askReality, type ClusterConnection } from './findings/ask-reality.ts'
export { checkFindings } from './findings/check-findings.ts'
export {
  compareTenant,
  type Difference,
  type RealTenant,
  type Wish,
  wishOfTenant,
} from './findings/compare.ts'
export {
  beginComparison,
  type ComparisonRun,
  endComparison,
  failComparison,
  requestComparison,
} from './findings/comparisons.ts'
export { type Comparison, findDifferences } from './findings/find-differences.ts'
export { ignoreFinding } from './findings/ignore-finding.ts'
export { reopenFinding } from './findings/reopen-finding.ts'
export { type Resolution, resolveFinding } from './findings/resolve-finding.ts'
export { addAlertSource } from './incoming/add-alert-source.ts'
export { receiveAlerts, sourceOfToken } from './incoming/receive-alerts.ts'
export { removeAlertSource } from './incoming/remove-alert-source.ts'
export { addMember } from './members/add-member.ts'
export { changeMember } from './members/change-member.ts'
export { changePassword } from './members/change-password.ts'
export { confirmPassword } from './members/confirm-password.ts'
export { createFirstAdministrator } from './members/create-first-administrator.ts'
export { endSessions, type SessionEnd } from './members/end-sessions.ts'
export { ensureSystemUser } from './members/ensure-system-user.ts'
export { hashPassword, verifyPassword } from './members/password.ts'
export { resetPassword } from './members/reset-password.ts'
export {
  createNotificationMetrics,
  type NotificationMetrics,
  type NotificationOutcome,
} from './metrics/notification-metrics.ts'
export {
  createOperationMetrics,
  type OperationMetrics,
  type OperationOutcome,
} from './metrics/operation-metrics.ts'
export { type Measured, recordMetrics } from './metrics/record-metrics.ts'
export { createStatementMetrics, type ObserveStatement } from './metrics/statement-metrics.ts'
export { acknowledgeByLink, type LinkState, lookAtLink } from './notifications/acknowledge-by-link.ts'
export { announceIncidents } from './notifications/announce-incidents.ts'
export { keepAlertmanagers } from './notifications/keep-alertmanagers.ts'
export { openSender, type Sender } from './notifications/open-sender.ts'
export { pingWatchdog } from './notifications/ping-watchdog.ts'
export { replayNotification } from './notifications/replay-notification.ts'
export { type Delivered, sendNow } from './notifications/send-now.ts'
export { escalateIncidents } from './on-call/escalate-incidents.ts'
export { overrideSchedule } from './on-call/override-schedule.ts'
export { removePolicy } from './on-call/remove-policy.ts'
export { removeSchedule } from './on-call/remove-schedule.ts'
export { setPolicy } from './on-call/set-policy.ts'
export { setSchedule } from './on-call/set-schedule.ts'
export { type Answer, askEach } from './operations/ask-each.ts'
export { awaitOperation } from './operations/await-operation.ts'
export { type Cancelled, cancelOperation } from './operations/cancel-operation.ts'
export {
  type CancelRequest,
  type ClaimedOperation,
  claimOperation,
  prolongLeases,
  readCancelRequests,
} from './operations/claim-operation.ts'
export {
  beginUndo,
  type Effect,
  endCancelled,
  FencedError,
  failOperation,
  holdOperation,
  postponeOperation,
  postponeUndo,
  succeedOperation,
} from './operations/end-operation.ts'
export { enqueueBySystem } from './operations/enqueue-by-system.ts'
export type { Enqueued } from './operations/enqueue-operation.ts'
export { hurryOperation } from './operations/hurry-operation.ts'
export { prioritiseOperation } from './operations/prioritise-operation.ts'
export { putAside } from './operations/put-aside.ts'
export { recordGivenUp } from './operations/record-given-up.ts'
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
export { burstMs, type Refill, refillPool } from './pool/refill-pool.ts'
export { setPool } from './pool/set-pool.ts'
export { openBoss } from './queue/open-boss.ts'
export { prepareQueues } from './queue/prepare-queues.ts'
export { createQueue, type Queue, type WakeUp } from './queue/queue.ts'
export { assignPlan } from './quotas/assign-plan.ts'
export {
  type DueEnforcement,
  dueEnforcements,
  recordNotTold,
  recordTold,
  type ToldLimits,
} from './quotas/enforcements.ts'
export { type ExactBytes, judgeQuotas, mostChanges } from './quotas/judge-quotas.ts'
export { readStatementLimit } from './quotas/read-statement-limit.ts'
export { removePlan } from './quotas/remove-plan.ts'
export { setPlan } from './quotas/set-plan.ts'
export { setQuota } from './quotas/set-quota.ts'
export { auditAttempt, authorize, defineVerb, runVerb, type Verb, type VerbContext } from './run-verb.ts'
export { setSetting } from './settings/set-setting.ts'
export { publishTemplate } from './templates/publish-template.ts'
export { adoptTenant } from './tenants/adopt-tenant.ts'
export { annotateTenant } from './tenants/annotate-tenant.ts'
export { archiveTenant } from './tenants/archive-tenant.ts'
export { cloneTenant } from './tenants/clone-tenant.ts'
export { discardTenant } from './tenants/discard-tenant.ts'
export { moveTenant } from './tenants/move-tenant.ts'
export { provisionTenant } from './tenants/provision-tenant.ts'
export { purgeTenant } from './tenants/purge-tenant.ts'
export { renameTenant } from './tenants/rename-tenant.ts'
export { restoreTenant } from './tenants/restore-tenant.ts'
export { resumeTenant } from './tenants/resume-tenant.ts'
export { type IssuedCredentials, rotateCredentials } from './tenants/rotate-credentials.ts'
export { suspendTenant } from './tenants/suspend-tenant.ts'
export { transferTenant } from './tenants/transfer-tenant.ts'
export { toTenantryError } from './to-tenantry-error.ts'
export { carriedAttributes, contextOf, markFailed, traceParent, withSpan } from './tracing/spans.ts'
export {
  beginCollection,
  type Collected,
  type CollectionRun,
  endCollection,
  failCollection,
} from './usage/collections.ts'
export type { TenantUsage } from './usage/record-usage.ts'
export { forgetWorker, recordHeartbeat } from './workers/heartbeat.ts'
