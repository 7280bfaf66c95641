import { discardTenantInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant } from './request-on-tenant.ts'

/** Asks for a tenant whose provisioning failed to be given up: its cluster is swept, its slug is free again. */
export const discardTenant = defineVerb({
  action: 'tenant.discard',
  permission: 'tenant.discard',
  input: discardTenantInput,
  run: (context, input) => requestOnTenant(context, 'tenant.discard', input),
})
