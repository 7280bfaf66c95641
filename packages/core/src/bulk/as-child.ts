import { type Permission, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import type { bulk, bulkItem } from '@tenantry/db/schema'
import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { AuditEntry } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import type { Enqueued } from '../operations/enqueue-operation.ts'
import type { Verb } from '../run-verb.ts'

/** A bulk, an item of it, and what its tenant is called now. */
export interface Child {
  readonly bulk: typeof bulk.$inferSelect
  readonly item: typeof bulkItem.$inferSelect
  readonly slug: string | null
}

/** What is asked for each tenant of a bulk. */
export interface ChildVerb {
  readonly permission: Permission | null
  request(core: CoreContext, actor: Actor, tx: Database, child: Child): Promise<Requested>
}

export interface Requested {
  readonly enqueued: Enqueued
  /** To be appended at the end of the transaction. */
  readonly entries: readonly AuditEntry[]
}

/** Runs a verb as the child of a bulk: as somebody alone would, but in the transaction of the whole batch. */
export function asChild<Input extends z.ZodType>(
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

/** What every request on a tenant holds. */
export const onTenant = ({ item, bulk, slug }: Child) => ({
  tenantId: item.tenantId,
  reason: bulk.reason,
  // Whoever started the bulk has confirmed it by its count.
  confirmSlug: slug,
  ...bulk.input,
})
