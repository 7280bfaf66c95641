import type { OperationKind } from '@tenantry/contracts'
import type { Job } from '../steps/step.ts'
import { buildTemplateJob } from './build-template.ts'
import { discardTenantJob } from './discard-tenant.ts'
import { provisionTenantJob } from './provision-tenant.ts'

/** Every kind of operation and the job that does it: all that a worker can do, on one page. */
export const jobs: Readonly<Record<OperationKind, Job>> = {
  'tenant.provision': provisionTenantJob,
  'tenant.discard': discardTenantJob,
  'template.build': buildTemplateJob,
}
