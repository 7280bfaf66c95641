import { restoreTenantInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant } from './request-on-tenant.ts'

/** Asks for an archived tenant to be brought back. */
export const restoreTenant = defineVerb({
  action: 'tenant.restore',
  permission: 'tenant.archive',
  input: restoreTenantInput,
  run: (context, input) => requestOnTenant(context, 'tenant.restore', input),
})
