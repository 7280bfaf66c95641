import {
  isAllowed,
  needsTyping,
  type Proposal,
  permissions,
  proposalOf,
  resolveFindingInput,
  rolesWith,
  TenantryError,
} from '@tenantry/contracts'
import { finding, tenant } from '@tenantry/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { findRepeated } from '../operations/enqueue-operation.ts'
import { defineVerb, type VerbContext } from '../run-verb.ts'
import { requestOnTenant } from '../tenants/request-on-tenant.ts'
import { requestComparison } from './comparisons.ts'
import { dropLeftover } from './drop-leftover.ts'
import { holderOf } from './holder-of.ts'
import { auditTarget, type FindingRecord, lockFinding } from './lock-finding.ts'

type Input = z.output<typeof resolveFindingInput>

export interface Resolution {
  readonly findingId: string
  /** What is being done; null when it was done at once. */
  readonly operationId: string | null
  /** True when the same request had been made before: nothing new was done. */
  readonly repeated: boolean
}

/** Runs what is proposed for a finding. The finding resolves itself when the next comparison agrees. */
export const resolveFinding = defineVerb({
  action: 'finding.resolve',
  permission: 'finding.resolve',
  input: resolveFindingInput,
  async run(context, input): Promise<Resolution> {
    const { tx, audit } = context
    const [known] = await tx
      .select({ tenantId: finding.tenantId })
      .from(finding)
      .where(eq(finding.id, input.findingId))
    const request = { ...input, tenantId: known?.tenantId ?? '' }
    const repeated = await findRepeated(context, input.idempotencyKey, request)
    if (repeated) return { findingId: input.findingId, operationId: repeated.operationId, repeated: true }
    const row = await lockFinding(tx, input)
    const { holder, isRegistered } = await holderOf(tx, row)
    const proposal = proposalOf({ kind: row.kind, subject: row.subject, holder })
    requireConfirmed(context, proposal, row, input)
    audit({
      ...auditTarget(row, isRegistered),
      after: { kind: row.kind, subject: row.subject, act: proposal.act, reason: input.reason ?? null },
    })
    const operationId = await act(context, proposal, row, request)
    return { findingId: row.id, operationId, repeated: false }
  },
})

/** @throws TenantryError when something is missing that the danger of the act asks for */
function requireConfirmed(
  { actor }: VerbContext,
  proposal: Proposal,
  { subject }: FindingRecord,
  { reason, confirmSubject }: Input,
): void {
  if (proposal.tier > 1 && !reason) {
    throw new TenantryError('invalid_input', 'This needs a reason.', {
      field: 'reason',
      action: 'Say why, in a few words.',
    })
  }
  if (!needsTyping(proposal)) return
  if (!isAllowed(actor.role, 'tenant.purge')) {
    throw new TenantryError(
      'forbidden',
      `Your role, ${actor.role}, lacks the permission “${permissions['tenant.purge']}” (tenant.purge), which dropping data needs.`,
      {
        permission: 'tenant.purge',
        action: `Ask an administrator for the role ${rolesWith('tenant.purge').join(' or ')}.`,
      },
    )
  }
  if (confirmSubject !== subject) {
    throw new TenantryError('invalid_input', `“${confirmSubject ?? ''}” is not the name of this schema.`, {
      field: 'confirmSubject',
      action: `Type ${subject} to confirm.`,
    })
  }
}

/** @returns the operation that does it; null when it is done */
async function act(
  context: VerbContext,
  proposal: Proposal,
  row: FindingRecord,
  request: Input & { readonly tenantId: string },
): Promise<string | null> {
  const input = () => ({ findingId: row.id, kind: row.kind, reason: request.reason ?? '' })
  switch (proposal.act) {
    case 'tenant.repair':
      await refuseStaleFence(context, row)
      return (await requestOnTenant(context, 'tenant.repair', request, input)).operationId
    case 'tenant.discard':
      return (await requestOnTenant(context, 'tenant.discard', request, input)).operationId
    case 'spare.drop':
      return (await dropLeftover(context, row, request, input())).operationId
    case 'fence.raise':
      await raiseFence(context, row)
      return null
    default:
      throw new TenantryError('unlawful_transition', 'There is nothing that Tenantry could run for this.', {
        action: proposal.sentence,
      })
  }
}

/** Every attempt would be refused as stale, again and again until its deadline. */
async function refuseStaleFence({ tx }: VerbContext, { tenantId, clusterId }: FindingRecord): Promise<void> {
  const [behind] = await tx
    .select({ id: finding.id })
    .from(finding)
    .where(
      and(
        eq(finding.clusterId, clusterId),
        eq(finding.tenantId, tenantId ?? ''),
        eq(finding.kind, 'fence_behind'),
        sql`${finding.state} <> 'resolved'`,
      ),
    )
  if (!behind) return
  throw new TenantryError('unlawful_transition', 'The cluster would refuse a repair as stale.', {
    action: 'Raise the fence of this tenant first: that is a finding of its own.',
    findingId: behind.id,
  })
}

async function raiseFence(
  { tx }: VerbContext,
  { tenantId, clusterId, detail }: FindingRecord,
): Promise<void> {
  const seen = Number(detail.cluster.fence)
  await tx
    .update(tenant)
    .set({ fence: sql`greatest(${tenant.fence}, ${seen}::bigint)` })
    .where(eq(tenant.id, tenantId ?? ''))
  await requestComparison(tx, clusterId)
}
