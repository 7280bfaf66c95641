import { fit } from '../steps/adopt/fit.ts'
import { inspect } from '../steps/adopt/inspect.ts'
import { rename } from '../steps/adopt/rename.ts'
import { roles } from '../steps/adopt/roles.ts'
import { verify } from '../steps/adopt/verify.ts'
import type { Job } from '../steps/step.ts'
import { provisionTenantJob } from './provision-tenant.ts'

/** Fits a schema that somebody made by hand, so that it is a tenant's like any other. */
export const adoptTenantJob: Job = {
  steps: [inspect, roles, fit, rename, verify],
  succeeded: provisionTenantJob.succeeded,
  failed: provisionTenantJob.failed,
}
