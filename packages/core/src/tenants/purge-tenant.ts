import { purgeTenantInput, TenantryError } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant, requireSlug } from './request-on-tenant.ts'

/** Asks for an archived tenant to be erased for good, after its window or by express wish. */
export const purgeTenant = defineVerb({
  action: 'tenant.purge',
  permission: 'tenant.purge',
  severe: () => true,
  input: purgeTenantInput,
  run: (context, input) =>
    requestOnTenant(context, 'tenant.purge', input, (row) => {
      requireSlug(row, input.confirmSlug)
      const until = row.keptUntil
      if (row.state === 'archived' && until && until > new Date() && !input.beforeWindowEnds) {
        throw new TenantryError('unlawful_transition', `${row.slug} is kept until ${until.toISOString()}.`, {
          field: 'beforeWindowEnds',
          action: 'Wait until then, or say that it shall be purged before.',
        })
      }
      return { reason: input.reason, schema: row.schemaName, keptUntil: until?.toISOString() ?? null }
    }),
})
