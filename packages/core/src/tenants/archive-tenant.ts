import { archiveTenantInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant, requireSlug } from './request-on-tenant.ts'

/** Asks for a tenant to be put away: no access, another name, restorable until its window is over. */
export const archiveTenant = defineVerb({
  action: 'tenant.archive',
  permission: 'tenant.archive',
  severe: () => true,
  input: archiveTenantInput,
  run: (context, input) =>
    requestOnTenant(context, 'tenant.archive', input, (row) => {
      requireSlug(row, input.confirmSlug)
      return { reason: input.reason, keepDays: input.keepDays }
    }),
})
