import type {
  AuditOutcome,
  BulkOutcome,
  BulkState,
  FindingState,
  OperationState,
  QuotaLevel,
  StepState,
  TemplateState,
  TenantState,
} from '@tenantry/contracts'
import type { Tone } from './tone.ts'

/** How a state looks and reads. */
export interface StateLook {
  readonly tone: Tone
  readonly word: string
}

// One record a noun: a new state in contracts does not compile until it has a tone and a word here.

export const tenantLook: Record<TenantState, StateLook> = {
  active: { tone: 'ok', word: 'Active' },
  provisioning: { tone: 'running', word: 'Provisioning' },
  suspended: { tone: 'off', word: 'Suspended' },
  archived: { tone: 'off', word: 'Archived' },
  purging: { tone: 'warn', word: 'Purging' },
  failed: { tone: 'failed', word: 'Failed' },
  discarded: { tone: 'off', word: 'Discarded' },
  purged: { tone: 'off', word: 'Purged' },
}

export const operationLook: Record<OperationState, StateLook> = {
  queued: { tone: 'queued', word: 'Queued' },
  running: { tone: 'running', word: 'Running' },
  waiting: { tone: 'warn', word: 'Waiting' },
  undoing: { tone: 'warn', word: 'Undoing' },
  succeeded: { tone: 'ok', word: 'Done' },
  failed: { tone: 'failed', word: 'Failed' },
  cancelled: { tone: 'off', word: 'Cancelled' },
}

export const stepLook: Record<StepState | 'pending' | 'skipped', StateLook> = {
  pending: { tone: 'queued', word: 'Pending' },
  skipped: { tone: 'off', word: 'Not reached' },
  running: { tone: 'running', word: 'Running' },
  done: { tone: 'ok', word: 'Done' },
  failed: { tone: 'failed', word: 'Failed' },
  undone: { tone: 'off', word: 'Undone' },
}

export const templateLook: Record<TemplateState, StateLook> = {
  building: { tone: 'running', word: 'Building' },
  ready: { tone: 'ok', word: 'Ready' },
  failed: { tone: 'failed', word: 'Failed' },
}

export const auditLook: Record<AuditOutcome, StateLook> = {
  requested: { tone: 'queued', word: 'Requested' },
  denied: { tone: 'warn', word: 'Denied' },
  succeeded: { tone: 'ok', word: 'Succeeded' },
  failed: { tone: 'failed', word: 'Failed' },
  cancelled: { tone: 'off', word: 'Cancelled' },
}

export const findingLook: Record<FindingState, StateLook> = {
  open: { tone: 'drift', word: 'Open' },
  ignored: { tone: 'off', word: 'Ignored' },
  resolved: { tone: 'ok', word: 'Resolved' },
}

export const quotaLevelLook: Record<QuotaLevel, StateLook> = {
  ok: { tone: 'ok', word: 'Within' },
  warned: { tone: 'warn', word: 'Over 80 %' },
  critical: { tone: 'warn', word: 'Over 95 %' },
  exceeded: { tone: 'failed', word: 'Over, in grace' },
  blocked: { tone: 'failed', word: 'Blocked' },
}

export const bulkLook: Record<BulkState, StateLook> = {
  running: { tone: 'running', word: 'Running' },
  paused: { tone: 'warn', word: 'Paused' },
  cancelling: { tone: 'warn', word: 'Cancelling' },
  finished: { tone: 'ok', word: 'Finished' },
  cancelled: { tone: 'off', word: 'Cancelled' },
}

export const bulkOutcomeLook: Record<BulkOutcome, StateLook> = {
  succeeded: { tone: 'ok', word: 'Done' },
  running: { tone: 'running', word: 'Running' },
  queued: { tone: 'queued', word: 'Queued' },
  pending: { tone: 'queued', word: 'Pending' },
  failed: { tone: 'failed', word: 'Failed' },
  refused: { tone: 'warn', word: 'Refused' },
  cancelled: { tone: 'off', word: 'Cancelled' },
  skipped: { tone: 'off', word: 'Skipped' },
}
