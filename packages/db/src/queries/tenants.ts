import {
  type Labels,
  type OperationKind,
  type OperationState,
  schemaNameOf,
  slug,
  type TenantFilter,
  type TenantState,
  tenantMachine,
} from '@tenantry/contracts'
import { and, asc, desc, eq, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../control/open-control.ts'
import { matchingTenants } from '../matching-tenants.ts'
import { cluster, operation, template, tenant, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, iso, isoOrNull, type Page } from './keyset.ts'
import { type EffectiveQuota, listQuotas } from './quotas.ts'

export interface TenantListing extends TenantFilter {
  readonly sort?: 'created' | 'slug' | 'updated' | undefined
  readonly dir?: 'asc' | 'desc' | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A row of the registry, with the field names of `tenant.changed` events. */
export interface TenantRow {
  readonly id: string
  readonly slug: string
  readonly displayName: string
  readonly labels: Labels
  readonly notes: string
  readonly state: TenantState
  readonly clusterId: string
  readonly clusterName: string
  readonly schemaName: string
  readonly templateId: string
  readonly templateName: string
  readonly templateVersion: number
  readonly fingerprint: string | null
  readonly ownerId: string
  readonly ownerName: string
  readonly placementReason: string
  readonly rowVersion: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly activatedAt: string | null
  readonly archivedAt: string | null
  /** An archived tenant can be restored until then, and purged after. */
  readonly keptUntil: string | null
  /** The operation that is at work on it; null when none is. */
  readonly operation: {
    readonly id: string
    readonly kind: OperationKind
    readonly state: OperationState
  } | null
}

export interface TenantDetail extends TenantRow {
  readonly quotas: EffectiveQuota[]
  /** The last operation of it, at its end or not. */
  readonly lastOperationId: string | null
}

const current = alias(operation, 'current')

const columns = {
  id: tenant.id,
  slug: tenant.slug,
  displayName: tenant.displayName,
  labels: tenant.labels,
  notes: tenant.notes,
  state: tenant.state,
  clusterId: tenant.clusterId,
  clusterName: cluster.name,
  schemaName: tenant.schemaName,
  templateId: tenant.templateId,
  templateName: template.name,
  templateVersion: tenant.templateVersion,
  fingerprint: tenant.fingerprint,
  ownerId: tenant.ownerId,
  ownerName: user.name,
  placementReason: tenant.placementReason,
  rowVersion: tenant.rowVersion,
  createdAt: iso(tenant.createdAt),
  updatedAt: iso(tenant.updatedAt),
  activatedAt: isoOrNull(tenant.activatedAt),
  archivedAt: isoOrNull(tenant.archivedAt),
  keptUntil: isoOrNull(tenant.keptUntil),
  operation: { id: current.id, kind: current.kind, state: current.state },
}

const selectTenants = <Extra extends Record<string, SQL>>(db: Database, extra: Extra) =>
  db
    .select({ ...columns, ...extra })
    .from(tenant)
    .innerJoin(cluster, eq(cluster.id, tenant.clusterId))
    .innerJoin(template, eq(template.id, tenant.templateId))
    .innerJoin(user, eq(user.id, tenant.ownerId))
    .leftJoin(
      current,
      // What reads from a tenant is at work on it too.
      and(or(eq(current.tenantId, tenant.id), eq(current.sourceId, tenant.id)), isNull(current.finishedAt)),
    )

/** A page of the registry. Without `states`, everything but discarded and purged tenants. */
export async function listTenants(db: Database, listing: TenantListing): Promise<Page<TenantRow>> {
  const { sort = 'created', limit = defaultLimit } = listing
  const dir = listing.dir ?? (sort === 'slug' ? 'asc' : 'desc')
  const column = { created: tenant.createdAt, updated: tenant.updatedAt, slug: tenant.slug }[sort]
  const timed = sort !== 'slug'
  const order = dir === 'asc' ? asc : desc
  const filter = matchingTenants(listing)

  let after: SQL | undefined
  if (listing.cursor) {
    const [value, id] = decodeCursor(listing.cursor, [timed ? 'time' : 'text', 'text'])
    const bound = timed ? sql`${value}::timestamptz` : sql`${value}`
    after = sql`(${column}, ${tenant.id}) ${sql.raw(dir === 'asc' ? '>' : '<')} (${bound}, ${id})`
  }
  const rows = await selectTenants(db, { sortedBy: timed ? exactly(column) : sql<string>`${column}` })
    .where(and(filter, after))
    .orderBy(order(column), order(tenant.id))
    .limit(limit + 1)
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [row.sortedBy, row.id],
      ({ sortedBy: _, ...row }) => row,
    ),
    total: await db.$count(tenant, filter),
  }
}

/** One tenant with everything that its page shows; undefined when there is none. A freed slug names its newest holder. */
export async function getTenant(
  db: Database,
  by: { readonly id: string } | { readonly slug: string },
): Promise<TenantDetail | undefined> {
  const [row] = await selectTenants(db, {})
    .where('id' in by ? eq(tenant.id, by.id) : eq(tenant.slug, by.slug))
    .orderBy(desc(sql`(${tenant.state} not in ('discarded', 'purged'))`), desc(tenant.createdAt))
    .limit(1)
  if (!row) return undefined
  const [last] = await db
    .select({ id: operation.id })
    .from(operation)
    .where(eq(operation.tenantId, row.id))
    .orderBy(desc(operation.createdAt))
    .limit(1)
  return { ...row, lastOperationId: last?.id ?? null, quotas: await listQuotas(db, row.id) }
}

export type SlugCheck =
  | { readonly available: true; readonly slug: string; readonly schemaName: string }
  | {
      readonly available: false
      readonly slug: string
      readonly reason: string
      readonly holder: TenantHolder | null
    }

export interface TenantHolder {
  readonly id: string
  readonly displayName: string
  readonly state: TenantState
}

/** Whether a new tenant could have this slug, and if not, why. What it says may change before anybody acts on it. */
export async function checkSlug(db: Database, typed: string): Promise<SlugCheck> {
  const parsed = slug.safeParse(typed)
  if (!parsed.success) {
    return {
      available: false,
      slug: typed,
      reason: parsed.error.issues[0]?.message ?? 'Not a slug',
      holder: null,
    }
  }
  const [holder] = await db
    .select({ id: tenant.id, displayName: tenant.displayName, state: tenant.state })
    .from(tenant)
    .where(and(eq(tenant.slug, parsed.data), notInArray(tenant.state, [...tenantMachine.final])))
  if (!holder) return { available: true, slug: parsed.data, schemaName: schemaNameOf(parsed.data) }
  return { available: false, slug: parsed.data, reason: `Taken by ${holder.displayName}`, holder }
}

export interface KnownLabel {
  readonly key: string
  /** Most used first, at most 50. */
  readonly values: { readonly value: string; readonly tenants: number }[]
}

/** The labels in use, for filters and completion. */
export async function knownLabels(db: Database): Promise<KnownLabel[]> {
  const { rows } = await db.execute<{ key: string; value: string; tenants: number }>(sql`
    select key, value, tenants from (
      select l.key, l.value, count(*)::int as tenants,
        row_number() over (partition by l.key order by count(*) desc, l.value) as rank
      from control.tenant t, jsonb_each_text(t.labels) l
      where t.state not in ('discarded', 'purged') group by l.key, l.value
    ) ranked where rank <= 50 order by key, rank`)
  const byKey = Map.groupBy(rows, (row) => row.key)
  return [...byKey].map(([key, values]) => ({
    key,
    values: values.map(({ value, tenants }) => ({ value, tenants })),
  }))
}
