import type { OperationKind } from '@tenantry/contracts'
import type { Job } from '../steps/step.ts'
import { adoptTenantJob } from './adopt-tenant.ts'
import { archiveTenantJob } from './archive-tenant.ts'
import { buildSpareJob } from './build-spare.ts'
import { buildTemplateJob } from './build-template.ts'
import { claimTenantJob } from './claim-tenant.ts'
import { cloneTenantJob } from './clone-tenant.ts'
import { discardTenantJob } from './discard-tenant.ts'
import { dropSpareJob } from './drop-spare.ts'
import { moveTenantJob } from './move-tenant.ts'
import { provisionTenantJob } from './provision-tenant.ts'
import { purgeTenantJob } from './purge-tenant.ts'
import { renameTenantJob } from './rename-tenant.ts'
import { repairTenantJob } from './repair-tenant.ts'
import { restoreTenantJob } from './restore-tenant.ts'
import { resumeTenantJob } from './resume-tenant.ts'
import { rotateCredentialsJob } from './rotate-credentials.ts'
import { suspendTenantJob } from './suspend-tenant.ts'

/** Every kind of operation and the job that does it: all that a worker can do, on one page. */
export const jobs: Readonly<Record<OperationKind, Job>> = {
  'tenant.provision': provisionTenantJob,
  'tenant.claim': claimTenantJob,
  'tenant.clone': cloneTenantJob,
  'tenant.move': moveTenantJob,
  'tenant.adopt': adoptTenantJob,
  'tenant.discard': discardTenantJob,
  'tenant.suspend': suspendTenantJob,
  'tenant.resume': resumeTenantJob,
  'tenant.rename': renameTenantJob,
  'tenant.rotate': rotateCredentialsJob,
  'tenant.archive': archiveTenantJob,
  'tenant.restore': restoreTenantJob,
  'tenant.purge': purgeTenantJob,
  'tenant.repair': repairTenantJob,
  'template.build': buildTemplateJob,
  'spare.build': buildSpareJob,
  'spare.drop': dropSpareJob,
}
