import { type TenantFilter, tenantMachine } from '@tenantry/contracts'
import { and, eq, inArray, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { holds } from './queries/keyset.ts'
import { tenant } from './schema/index.ts'

/** The tenants that a filter lets through: the same in the list that a person sees and in the bulk that they start from it. */
export function matchingTenants(filter: TenantFilter): SQL | undefined {
  return and(
    filter.text
      ? or(
          holds(tenant.slug, filter.text),
          holds(tenant.displayName, filter.text),
          eq(tenant.id, filter.text),
        )
      : undefined,
    // Discarded tenants are history: shown when asked for.
    filter.states?.length
      ? inArray(tenant.state, [...filter.states])
      : notInArray(tenant.state, [...tenantMachine.final]),
    filter.labels && Object.keys(filter.labels).length
      ? sql`${tenant.labels} @> ${JSON.stringify(filter.labels)}::jsonb`
      : undefined,
    filter.clusterId ? eq(tenant.clusterId, filter.clusterId) : undefined,
    filter.templateId ? eq(tenant.templateId, filter.templateId) : undefined,
  )
}
