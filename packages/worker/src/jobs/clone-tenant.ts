import { data } from '../steps/copy/data.ts'
import { placeCopy } from '../steps/copy/place.ts'
import { structure } from '../steps/copy/structure.ts'
import { verifyCopy } from '../steps/copy/verify.ts'
import { activate } from '../steps/provision/activate.ts'
import { roles } from '../steps/provision/roles.ts'
import { schema } from '../steps/provision/schema.ts'
import type { Job } from '../steps/step.ts'
import { provisionTenantJob } from './provision-tenant.ts'

/** Builds a tenant's schema as another tenant's is, with its rows or without; ends as a provision does. */
export const cloneTenantJob: Job = {
  ...provisionTenantJob,
  steps: [placeCopy, roles, schema, structure, data, verifyCopy, activate],
}
