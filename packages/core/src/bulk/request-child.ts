import { type BulkKind, type Permission, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import type { bulk, bulkItem } from '@tenantry/db/schema'
import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { AuditEntry } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import type { Enqueued } from '../operations/enqueue-operation.ts'
import { retryOperation } from '../operations/retry-operation.ts'
import type { Verb } from '../run-verb.ts'
import { archiveTenant } from '../tenants/archive-tenant.ts'
import { discardTenant } from '../tenants/discard-tenant.ts'
import { provisionTenant } from '../tenants/provision-tenant.ts'
import { purgeTenant } from '../tenants/purge-tenant.ts'
import { restoreTenant } from '../tenants/restore-tenant.ts'
import { resumeTenant } from '../tenants/resume-tenant.ts'
import { suspendTenant } from '../tenants/suspend-tenant.ts'

/** A bulk, an item of it, and what its tenant is called now. */
export interface Child {
  readonly bulk: typeof bulk.$inferSelect
  readonly item: typeof bulkItem.$inferSelect
  readonly slug: string | null
}

interface ChildVerb {
  readonly permission: Permission | null
  request(core: CoreContext, actor: Actor, tx: Database, child: Child): Promise<Requested>
}

export interface Requested {
  readonly enqueued: Enqueued
  /** To be appended at the end of the transaction. */
  readonly entries: readonly AuditEntry[]
}

/** Runs a verb as the child of a bulk: as somebody alone would, but in the transaction of the whole batch. */
function asChild<Input extends z.ZodType>(
  verb: Verb<Input, Enqueued>,
  inputOf: (child: Child) => Record<string, unknown>,
): ChildVerb {
  return {
    permission: verb.permission,
    async request(core, actor, tx, child) {
      const idempotencyKey = `${child.bulk.id}/${child.item.ordinal}`
      const parsed = verb.input.safeParse({ idempotencyKey, ...inputOf(child) })
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        throw new TenantryError('invalid_input', issue?.message ?? 'Not valid.', {
          field: issue?.path.join('.') ?? '',
        })
      }
      const entries: AuditEntry[] = []
      const enqueued = await verb.run(
        {
          tx,
          core,
          actor,
          bulkId: child.bulk.id,
          audit: (entry) => entries.push({ action: verb.action, outcome: 'succeeded', ...entry }),
        },
        parsed.data,
      )
      return { enqueued, entries }
    },
  }
}

const onTenant = ({ item, bulk, slug }: Child) => ({
  tenantId: item.tenantId,
  reason: bulk.reason,
  // Whoever started the bulk has confirmed it by its count.
  confirmSlug: slug,
  ...bulk.input,
})

const verbs: Readonly<Record<BulkKind, ChildVerb>> = {
  'tenant.provision': asChild(provisionTenant, ({ item }) => item.input),
  'tenant.suspend': asChild(suspendTenant, onTenant),
  'tenant.resume': asChild(resumeTenant, onTenant),
  'tenant.archive': asChild(archiveTenant, onTenant),
  'tenant.restore': asChild(restoreTenant, onTenant),
  'tenant.purge': asChild(purgeTenant, onTenant),
  'tenant.discard': asChild(discardTenant, onTenant),
}
const retry = asChild(retryOperation, ({ item }) => ({ operationId: item.retryOf }))

/** What the children of a kind need of the bulk's requester. */
export const childPermission = (kind: BulkKind): Permission | null => verbs[kind].permission

/** Requests the operation of an item in `tx`. @throws TenantryError and whatever the database says */
export function requestChild(
  core: CoreContext,
  actor: Actor,
  tx: Database,
  child: Child,
): Promise<Requested> {
  return (child.item.retryOf ? retry : verbs[child.bulk.kind]).request(core, actor, tx, child)
}
