import { renameTenantInput, schemaNameOf, TenantryError } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { and, eq, ne, notInArray, or } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant, requireSlug } from './request-on-tenant.ts'

/** Asks for a tenant's slug and schema to be renamed. Its roles keep their names, so credentials stay good. */
export const renameTenant = defineVerb({
  action: 'tenant.rename',
  permission: 'tenant.rename',
  input: renameTenantInput,
  run: (context, input) =>
    requestOnTenant(context, 'tenant.rename', input, async (row) => {
      requireSlug(row, input.confirmSlug)
      const schemaName = schemaNameOf(input.slug)
      const [holder] = await context.tx
        .select({ slug: tenant.slug })
        .from(tenant)
        .where(
          and(
            ne(tenant.id, row.id),
            notInArray(tenant.state, ['discarded', 'purged']),
            or(
              eq(tenant.slug, input.slug),
              and(eq(tenant.clusterId, row.clusterId), eq(tenant.schemaName, schemaName)),
            ),
          ),
        )
      if (holder || input.slug === row.slug) {
        throw new TenantryError(
          'slug_taken',
          `${holder ? 'Another' : 'This'} tenant has the slug ${input.slug}.`,
          {
            field: 'slug',
            action: 'Choose another slug.',
          },
        )
      }
      return { from: row.slug, slug: input.slug }
    }),
})
