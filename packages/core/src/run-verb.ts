import {
  type AuditAction,
  isAllowed,
  type Permission,
  permissions,
  rolesWith,
  TenantryError,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import type { z } from 'zod'
import type { Actor } from './actor.ts'
import { type AuditEntry, appendAudit } from './audit/append-audit.ts'
import { tagsOfAudit } from './cache/tags-of-event.ts'
import type { CoreContext } from './core-context.ts'
import { toTenantryError } from './to-tenantry-error.ts'

/** What a verb works with: one transaction of the control database. */
export interface VerbContext {
  readonly tx: Database
  readonly core: CoreContext
  readonly actor: Actor
  /** The bulk whose child is being requested. */
  readonly bulkId?: string
  /** Collects what the audit log shall say; written as the last statement of the transaction. */
  audit(entry: Omit<AuditEntry, 'action' | 'outcome'> & Partial<Pick<AuditEntry, 'action' | 'outcome'>>): void
  /** Has something said once the change is committed, and never when it is rolled back: counters. */
  afterCommit?(say: () => void): void
}

/** A change that somebody may ask for. */
export interface Verb<Input extends z.ZodType, Result, Found = void> {
  readonly action: AuditAction
  /** Null: everybody who is signed in, about themselves. */
  readonly permission: Permission | null
  /** Cannot be taken back lightly: the password must have been typed a short while ago. */
  readonly severe?: (input: z.output<Input>) => boolean
  readonly input: Input
  /** What else whoever asks needs, where that depends on what is asked for. */
  alsoNeeds?(
    core: CoreContext,
    input: z.output<Input>,
  ): readonly Permission[] | Promise<readonly Permission[]>
  /** Asks the world outside, which may take seconds, before the transaction begins; changes nothing that is registered. */
  readonly find?: (core: CoreContext, input: z.output<Input>) => Promise<Found>
  run(context: VerbContext, input: z.output<Input>, found: Found): Promise<Result>
}

export function defineVerb<Input extends z.ZodType, Result, Found = void>(
  verb: Verb<Input, Result, Found>,
): Verb<Input, Result, Found> {
  return verb
}

/**
 * Refuses an actor without the permission, and writes the refusal to the audit log in a transaction of its own.
 * @throws TenantryError `forbidden`
 */
export async function authorize(
  core: CoreContext,
  actor: Actor,
  action: AuditAction,
  permission: Permission,
): Promise<void> {
  if (isAllowed(actor.role, permission)) return
  await auditAttempt(core, actor, { action, outcome: 'denied', errorCode: 'forbidden' })
  throw new TenantryError(
    'forbidden',
    `Your role, ${actor.role}, lacks the permission “${permissions[permission]}” (${permission}).`,
    { permission, action: `Ask an administrator for the role ${rolesWith(permission).join(' or ')}.` },
  )
}

/**
 * Runs a verb: change, job and audit in one transaction, or nothing at all. An attempt that fails leaves an audit row.
 * The caller has parsed the input and checked the verb's permission; what it needs besides is checked here.
 * @throws TenantryError
 */
export async function runVerb<Input extends z.ZodType, Result, Found>(
  core: CoreContext,
  actor: Actor,
  verb: Verb<Input, Result, Found>,
  input: z.output<Input>,
): Promise<Result> {
  for (const permission of (await verb.alsoNeeds?.(core, input)) ?? []) {
    await authorize(core, actor, verb.action, permission)
  }
  try {
    return await attempt(core, actor, verb, input)
  } catch (error) {
    const refusal = toTenantryError(error)
    if (refusal.code !== 'control_database_unavailable') {
      await auditAttempt(core, actor, {
        action: verb.action,
        outcome: 'failed',
        errorCode: refusal.code,
        ...targetOf(input),
      })
    }
    throw refusal
  }
}

async function attempt<Input extends z.ZodType, Result, Found>(
  core: CoreContext,
  actor: Actor,
  verb: Verb<Input, Result, Found>,
  input: z.output<Input>,
): Promise<Result> {
  const found = (await verb.find?.(core, input)) as Found
  const entries: AuditEntry[] = []
  const sayings: (() => void)[] = []
  const done = await core.db.transaction(async (tx) => {
    const result = await verb.run(
      {
        tx,
        core,
        actor,
        audit: (entry) => entries.push({ action: verb.action, outcome: 'succeeded', ...entry }),
        afterCommit: (say) => sayings.push(say),
      },
      input,
      found,
    )
    for (const entry of entries) await appendAudit(tx, actor, entry)
    return result
  })
  // Who asks here next sees what was done, without waiting for its event.
  core.cache?.drop(entries.flatMap(tagsOfAudit))
  for (const say of sayings) say()
  return done
}

/** An audit row of its own, for what was refused or failed. */
export async function auditAttempt(core: CoreContext, actor: Actor, entry: AuditEntry): Promise<void> {
  await core.db.transaction((tx) => appendAudit(tx, actor, entry))
}

/** What a failed attempt was aimed at, as far as its input says. */
function targetOf(input: unknown): Pick<AuditEntry, 'target' | 'after'> {
  const named = input as Partial<
    Record<
      | 'tenantId'
      | 'operationId'
      | 'userId'
      | 'clusterId'
      | 'bulkId'
      | 'ruleId'
      | 'incidentId'
      | 'silenceId'
      | 'slug',
      string
    >
  > | null
  if (named?.tenantId) return { target: { kind: 'tenant', id: named.tenantId } }
  if (named?.operationId) return { target: { kind: 'operation', id: named.operationId } }
  if (named?.bulkId) return { target: { kind: 'bulk', id: named.bulkId } }
  if (named?.ruleId) return { target: { kind: 'rule', id: named.ruleId } }
  if (named?.incidentId) return { target: { kind: 'incident', id: named.incidentId } }
  if (named?.silenceId) return { target: { kind: 'silence', id: named.silenceId } }
  if (named?.userId) return { target: { kind: 'user', id: named.userId } }
  if (named?.clusterId && !named.slug) return { target: { kind: 'cluster', id: named.clusterId } }
  if (named?.slug) return { after: { slug: named.slug } }
  return {}
}
