import type { AuditAction, AuditOutcome } from '@tenantry/contracts'
import type { RouterInputs } from '../../api/trpc.ts'
import type { auditRanges } from '../../routes/audit.ts'

/** What the address of the log says. */
export interface AuditSearch {
  readonly q: string
  readonly actor: string
  readonly target: string
  readonly operation: string
  readonly request: string
  readonly action: readonly AuditAction[]
  readonly outcome: readonly AuditOutcome[]
  readonly range: (typeof auditRanges)[number]
}

export type AuditListing = Omit<RouterInputs['audit']['list'], 'cursor' | 'limit'>

const hour = 3_600_000
const lengths = { '1h': hour, '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour } as const

/**
 * The question to the server. The range is cut to whole minutes, so that the question stays the same for a while.
 * @param now ms
 */
export function auditListingOf(search: AuditSearch, now: number): AuditListing {
  const { range } = search
  const from =
    range === 'all' ? undefined : new Date(Math.floor((now - lengths[range]) / 60_000) * 60_000).toISOString()
  return {
    ...(search.q ? { text: search.q } : {}),
    ...(search.action.length ? { actions: [...search.action] } : {}),
    ...(search.outcome.length ? { outcomes: [...search.outcome] } : {}),
    ...(search.actor ? { actorId: search.actor } : {}),
    ...(search.target ? { targetId: search.target } : {}),
    ...(/^op_[0-9a-hjkmnp-tv-z]{26}$/.test(search.operation) ? { operationId: search.operation } : {}),
    ...(search.request ? { requestId: search.request } : {}),
    ...(from ? { from } : {}),
  }
}

/** Whether the list would hold an entry of which the socket has told. */
export function isAudited(listing: AuditListing, patch: Readonly<Record<string, unknown>>): boolean {
  const { actions, outcomes, actorId, targetId, operationId, tenantId, requestId, text } = listing
  const words = text?.toLowerCase()
  return (
    (!actions?.length || actions.some((action) => action === patch.action)) &&
    (!outcomes?.length || outcomes.some((outcome) => outcome === patch.outcome)) &&
    (!actorId || actorId === patch.actorId) &&
    (!targetId || targetId === patch.targetId) &&
    (!operationId || operationId === patch.operationId) &&
    (!tenantId || tenantId === patch.chain) &&
    !requestId &&
    (!words ||
      [patch.actorName, patch.action, patch.targetId].some((one) =>
        String(one ?? '')
          .toLowerCase()
          .includes(words),
      ))
  )
}
