import { suspendTenantInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant } from './request-on-tenant.ts'

/** Asks for a tenant to be closed to its product, enforced by the database. */
export const suspendTenant = defineVerb({
  action: 'tenant.suspend',
  permission: 'tenant.suspend',
  input: suspendTenantInput,
  run: (context, input) =>
    requestOnTenant(context, 'tenant.suspend', input, () => ({ reason: input.reason })),
})
