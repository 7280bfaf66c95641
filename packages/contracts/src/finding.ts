import { z } from 'zod'
import { clusterId, findingId } from './identifiers.ts'
import { idempotencyKey, type TenantState } from './tenant.ts'

/** Where the registry and a cluster may differ, with what it means. */
export const findingKinds = {
  schema_missing: 'A tenant is registered, and its schema is not there.',
  schema_orphan: 'A schema that Tenantry made belongs to no tenant.',
  schema_unknown: 'A schema is named like a tenant’s, and Tenantry did not make it.',
  lane_missing:
    'A tenant’s schema is there, and the cluster has lost the record by which Tenantry works on it.',
  name_differs: 'The schema has another name on the cluster than in the registry.',
  role_missing: 'A role of a tenant is not there.',
  role_orphan: 'Roles that Tenantry made belong to no tenant.',
  privileges_differ:
    'A tenant’s roles or its schema have an owner, privileges or members that Tenantry did not give.',
  login_open: 'The owner of a tenant can log in although no operation is at work.',
  access_open: 'A tenant is closed in the registry and open on its cluster.',
  access_closed: 'A tenant is open in the registry and closed on its cluster.',
  fence_behind:
    'The cluster has seen a newer attempt than the registry: the control database is older than the cluster.',
} as const
export type FindingKind = keyof typeof findingKinds
export const findingKindNames = Object.keys(findingKinds) as FindingKind[]

export const findingStates = ['open', 'ignored', 'resolved'] as const
export type FindingState = (typeof findingStates)[number]

/** One side of a difference: what it says, fact by fact. */
export type FindingFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** What the two sides say. It changes when the difference does, so it holds nothing that moves by itself. */
export interface FindingDetail {
  readonly registry: FindingFacts
  readonly cluster: FindingFacts
}

/** Whom a finding is about: a registered tenant in this state, a spare, or nobody. */
export type FindingHolder = TenantState | 'spare' | null

export interface Proposable {
  readonly kind: FindingKind
  readonly subject: string
  /** As the registry has it now. */
  readonly holder: FindingHolder
}

/** `adopt` is done on a screen of its own; `null`: nothing that Tenantry could do by itself. */
export type ProposedAct = 'tenant.repair' | 'tenant.discard' | 'spare.drop' | 'fence.raise' | 'adopt' | null

export interface Proposal {
  readonly act: ProposedAct
  /** On the button: verb and object. */
  readonly label: string
  /** What it does, or why there is nothing to do, in sentences. */
  readonly sentence: string
  /** 1: a question. 2: impact and reason. 3: the subject is typed and a reason given. */
  readonly tier: 1 | 2 | 3
}

const repairs: Partial<Record<FindingKind, string>> = {
  lane_missing:
    'Writes the record anew from what is there, and fits roles and privileges. No data is touched.',
  name_differs: 'Gives the schema the name of the registry again, and lets the application’s roles find it.',
  role_missing:
    'A role that was renamed gets its name back; one that is gone is made anew with its privileges. Credentials of a login role that is gone are lost: issue new ones afterwards.',
  privileges_differ:
    'Gives roles and schema the owner, privileges and members that Tenantry gave them, and takes away what was given besides.',
  login_open: 'Takes LOGIN and password from the owner and ends its sessions.',
  access_open: 'Closes the tenant again: logins taken, schema closed, sessions ended.',
  access_closed: 'Opens the tenant again: the application may use its schema and log in.',
}

/** What to do about a finding: the one rule from which the console’s button and the server’s check come. */
export function proposalOf({ kind, subject, holder }: Proposable): Proposal {
  if (kind === 'schema_unknown') {
    return {
      act: 'adopt',
      label: 'Adopt it',
      sentence:
        'Somebody made it by hand, or another program did. Adopt it as a tenant, rename it so that it is not named like one, or ignore it.',
      tier: 1,
    }
  }
  if (kind === 'fence_behind') {
    return {
      act: 'fence.raise',
      label: 'Raise the fence',
      sentence:
        'The control database was restored from a backup that is older than this cluster. Until the registry’s fence is raised, the cluster refuses every operation on this tenant as stale. Look first what else the backup has forgotten: tenants made since are found as orphans, and are not to be dropped.',
      tier: 2,
    }
  }
  if (holder === 'spare') {
    return {
      act: 'spare.drop',
      label: 'Drop the spare',
      sentence: 'It is of the warm pool and nobody’s: it is dropped, and the pool builds another one.',
      tier: 2,
    }
  }
  if (kind === 'schema_orphan' || kind === 'role_orphan') {
    if (holder === 'failed') {
      return {
        act: 'tenant.discard',
        label: 'Discard the tenant',
        sentence:
          'Its provisioning failed and could not be taken back whole. Discarding it sweeps what is left.',
        tier: 2,
      }
    }
    return kind === 'schema_orphan'
      ? {
          act: 'spare.drop',
          label: `Drop ${subject}`,
          sentence:
            'Drops the schema with all its data, and its roles. There is no way back, and Tenantry makes no copy first. If the control database was restored from an older backup, this may be a living tenant: then bring back a newer backup instead.',
          tier: 3,
        }
      : {
          act: 'spare.drop',
          label: 'Drop the roles',
          sentence: 'Drops roles that belong to no tenant and no schema. No data is touched.',
          tier: 2,
        }
  }
  if (kind === 'schema_missing') {
    return {
      act: null,
      label: 'Nothing to run',
      sentence: `Only a backup has its data. Restore the schema as ${subject}; the next comparison then finds what else is to be fitted, and a repair does it. To give the tenant up instead, create an empty schema of that name, repair, archive and purge.`,
      tier: 1,
    }
  }
  return {
    act: 'tenant.repair',
    label: 'Repair the tenant',
    sentence: repairs[kind] ?? '',
    tier: kind === 'login_open' || kind === 'access_closed' ? 1 : 2,
  }
}

/** The subject must be typed where data is dropped. */
export function needsTyping(proposal: Proposal): boolean {
  return proposal.tier === 3
}

const because = z.string().trim().min(3, 'Say why, in a few words').max(500)
/** Whoever acts on a finding acts on what they saw: a newer version refuses with `version_conflict`. */
const seen = { findingId, ifVersion: z.number().int().positive() }

export const ignoreFindingInput = z.object({ ...seen, reason: because })
export const reopenFindingInput = z.object(seen)
export const resolveFindingInput = z.object({
  ...seen,
  idempotencyKey,
  /** Needed from tier 2 on. */
  reason: because.optional(),
  /** The subject, typed, in tier 3. */
  confirmSubject: z.string().max(63).optional(),
})
/** Left out: every cluster. */
export const checkFindingsInput = z.object({ clusterId: clusterId.optional() })
