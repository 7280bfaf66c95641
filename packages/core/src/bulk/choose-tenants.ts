import {
  type BulkAction,
  type BulkTarget,
  isEverything,
  needsCount,
  TenantryError,
  tenantActions,
} from '@tenantry/contracts'
import { type Database, matchingTenants } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { and, asc, inArray, type SQL, sql } from 'drizzle-orm'

/** What is asked of the chosen tenants. */
export interface Wanted {
  readonly kind: BulkAction | 'tenant.move' | 'tenant.annotate'
  readonly target: BulkTarget
  /** For purge: also those whose window is not over. */
  readonly beforeWindowEnds?: boolean
}

/** The tenants that a target names, whatever their state. */
export const targeted = (target: BulkTarget): SQL | undefined =>
  'filter' in target ? matchingTenants(target.filter) : inArray(tenant.id, target.tenantIds)

/** Those of them to whom it can be done in the state in which they are. */
export function eligible({ kind, beforeWindowEnds }: Wanted): SQL | undefined {
  if (kind === 'tenant.annotate') return undefined
  return and(
    inArray(tenant.state, [...tenantActions[kind]]),
    kind === 'tenant.purge' && !beforeWindowEnds ? sql`${tenant.keptUntil} <= now()` : undefined,
  )
}

/**
 * The tenants of a bulk, by id: everybody who locks several of them takes them in this order.
 * @throws TenantryError `invalid_input` when there is none or the count is missing, `version_conflict` when it differs,
 * `not_found` when a listed one does not exist
 */
export async function chooseTenants(
  tx: Database,
  wanted: Wanted,
  expectCount: number | undefined,
): Promise<string[]> {
  const { kind, target } = wanted
  const chosen = await tx
    .select({ id: tenant.id })
    .from(tenant)
    .where(and(targeted(target), eligible(wanted)))
    .orderBy(asc(tenant.id))
  if ('tenantIds' in target) await requireKnown(tx, target.tenantIds)
  if (!chosen.length) await refuseNone(tx, target)
  const all = 'filter' in target && isEverything(target.filter)
  requireCount(chosen.length, expectCount, needsCount(kind, chosen.length, all), 'tenants')
  return chosen.map(({ id }) => id)
}

/** @throws TenantryError when the number that whoever asks saw is missing or not the true one */
export function requireCount(count: number, seen: number | undefined, isNeeded: boolean, noun: string): void {
  if (seen === undefined && !isNeeded) return
  if (seen === undefined) {
    throw new TenantryError('invalid_input', `This concerns ${count} ${noun}: say that you know how many.`, {
      field: 'expectCount',
      count,
      action: `Look at what it would do, then send ${count} as the count.`,
    })
  }
  if (seen === count) return
  throw new TenantryError('version_conflict', `This concerns ${count} ${noun} now, not ${seen}.`, {
    field: 'expectCount',
    count,
    action: 'Look again at what it would do, then send the new count.',
  })
}

async function requireKnown(tx: Database, tenantIds: readonly string[]): Promise<void> {
  const known = await tx
    .select({ id: tenant.id })
    .from(tenant)
    .where(inArray(tenant.id, [...tenantIds]))
  const ids = new Set(known.map(({ id }) => id))
  const unknown = tenantIds.find((id) => !ids.has(id))
  if (!unknown) return
  throw new TenantryError('not_found', `There is no tenant ${unknown}.`, {
    field: 'target',
    action: 'Take it out of the selection.',
  })
}

async function refuseNone(tx: Database, target: BulkTarget): Promise<never> {
  const matched = await tx.$count(tenant, targeted(target))
  throw new TenantryError(
    'invalid_input',
    matched
      ? `${matched} tenants are chosen, but none is in a state in which this is possible.`
      : 'No tenant matches this filter.',
    { field: 'target', count: 0, action: 'Choose other tenants.' },
  )
}
