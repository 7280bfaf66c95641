import { requestComparison } from '@tenantry/core'
import { recallTenant } from '../steps/recall.ts'
import { fitPrivileges, fitRoles } from '../steps/refit.ts'
import { setAccess } from '../steps/set-access.ts'
import type { Job } from '../steps/step.ts'
import { verifyAgreement } from '../steps/verify-agreement.ts'

/**
 * Makes a tenant on its cluster what the registry says it is, without touching its data. Each step brings it nearer to
 * that and none of them further away, so none has a way back: after a failure the next repair goes on from there.
 */
export const repairTenantJob: Job = {
  steps: [recallTenant, fitRoles, fitPrivileges, setAccess, verifyAgreement],
  async succeeded({ claimed }, tx) {
    await requestComparison(tx, claimed.cluster.id)
  },
  async failed({ claimed }, tx) {
    await requestComparison(tx, claimed.cluster.id)
  },
}
