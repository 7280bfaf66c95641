import { resumeTenantInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestOnTenant } from './request-on-tenant.ts'

/** Asks for a suspended tenant to be opened again. */
export const resumeTenant = defineVerb({
  action: 'tenant.resume',
  permission: 'tenant.suspend',
  input: resumeTenantInput,
  run: (context, input) => requestOnTenant(context, 'tenant.resume', input),
})
