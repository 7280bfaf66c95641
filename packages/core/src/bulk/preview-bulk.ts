import {
  type BulkAction,
  type BulkTarget,
  isEverything,
  needsCount,
  type TenantState,
  whyNot,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, tenant } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { eligible, targeted } from './choose-tenants.ts'

export interface BulkPreview {
  /** How many the target names. */
  readonly matched: number
  /** To how many of them it would be done: the count to send. */
  readonly count: number
  readonly byState: { readonly state: TenantState; readonly count: number }[]
  readonly byCluster: { readonly clusterId: string; readonly name: string; readonly count: number }[]
  /** Those to whom it would not be done. */
  readonly leftOut: { readonly reason: string; readonly count: number; readonly examples: string[] }[]
  readonly needsCount: boolean
}

/** What a bulk would do to whom, without doing it. */
export async function previewBulk(
  db: Database,
  wanted: {
    readonly kind: BulkAction | 'tenant.annotate'
    readonly target: BulkTarget
    readonly beforeWindowEnds: boolean
  },
): Promise<BulkPreview> {
  const { kind, target } = wanted
  const groups = await db
    .select({
      state: tenant.state,
      clusterId: tenant.clusterId,
      name: cluster.name,
      fits: sql<boolean>`coalesce(${eligible(wanted) ?? sql`true`}, false)`.as('fits'),
      count: sql<number>`count(*)::int`,
      examples: sql<string[]>`(array_agg(${tenant.slug} order by ${tenant.slug}))[1:3]`,
    })
    .from(tenant)
    .innerJoin(cluster, eq(cluster.id, tenant.clusterId))
    .where(targeted(target))
    .groupBy(tenant.state, tenant.clusterId, cluster.name, sql`fits`)
    .orderBy(cluster.name)
  const fitting = groups.filter(({ fits }) => fits)
  const count = sum(fitting)
  return {
    matched: sum(groups),
    count,
    byState: [...Map.groupBy(fitting, ({ state }) => state)].map(([state, of]) => ({
      state,
      count: sum(of),
    })),
    byCluster: [...Map.groupBy(fitting, ({ clusterId }) => clusterId)].map(([clusterId, of]) => ({
      clusterId,
      name: of[0]?.name ?? '',
      count: sum(of),
    })),
    leftOut: [
      ...Map.groupBy(
        groups.filter(({ fits }) => !fits),
        ({ state }) => reasonOf(kind, state),
      ),
    ].map(([reason, of]) => ({
      reason,
      count: sum(of),
      examples: of.flatMap(({ examples }) => examples).slice(0, 3),
    })),
    needsCount: needsCount(kind, count, 'filter' in target && isEverything(target.filter)),
  }
}

function reasonOf(kind: BulkAction | 'tenant.annotate', state: TenantState): string {
  const reason = kind === 'tenant.annotate' ? undefined : whyNot(kind, state)
  return reason ?? 'The window in which it can be restored is not over.'
}

const sum = (groups: readonly { count: number }[]) => groups.reduce((total, { count }) => total + count, 0)
