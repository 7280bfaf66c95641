import { askReality, compareTenant, wishOfTenant } from '@tenantry/core'
import type { Step } from './step.ts'
import { tenantOf } from './tenant-of.ts'

/** What the repair could not set right. */
class StillDifferent extends Error {
  readonly code = 'TN011'
  readonly action = 'Mend by hand what is left, or look who changes it again; then repair again.'
}

/** Holds the tenant against the registry once more, by the very comparison that found the difference. */
export const verifyAgreement: Step = {
  name: 'verify',
  async up({ worker, claimed, journal }) {
    const tenant = tenantOf(claimed)
    const wish = wishOfTenant(tenant)
    if (!wish) throw new Error(`tenant ${tenant.id} is ${tenant.state}: nothing to compare it with`)
    const [real] = await askReality(worker.clusters.pool(claimed.cluster), tenant.id)
    const left = compareTenant(wish, real)
    if (left.length) {
      const words = left.map(({ kind, detail }) => `${kind} ${JSON.stringify(detail.cluster)}`)
      throw new StillDifferent(`registry and cluster still differ: ${words.join(', ')}`)
    }
    journal.log('info', 'Registry and cluster agree')
    return { agrees: true }
  },
}
