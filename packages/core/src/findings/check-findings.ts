import { checkFindingsInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { requestComparison } from './comparisons.ts'

/** Has one cluster or every one compared now instead of at its next turn. */
export const checkFindings = defineVerb({
  action: 'finding.check',
  permission: 'finding.resolve',
  input: checkFindingsInput,
  async run({ tx, audit }, { clusterId }) {
    const clusterIds = await requestComparison(tx, clusterId)
    audit({ ...(clusterId ? { target: { kind: 'cluster', id: clusterId } } : {}), after: { clusterIds } })
    return { clusterIds }
  },
})
