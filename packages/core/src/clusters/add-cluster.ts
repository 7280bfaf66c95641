import { addClusterInput } from '@tenantry/contracts'
import { defineVerb } from '../run-verb.ts'
import { installFit } from './install-fit.ts'
import { endpointOf } from './reach.ts'
import { registerCluster } from './register-cluster.ts'

/**
 * Makes a database a cluster: checks it, installs Tenantry's side, keeps its connection strings sealed. Workers take it up
 * by themselves within seconds.
 */
export const addCluster = defineVerb({
  action: 'cluster.add',
  permission: 'cluster.write',
  input: addClusterInput,
  find: (core, input) => installFit(core, input),
  async run({ tx, core, audit }, { adminUrl, cordoned, ...wanted }, fit) {
    const row = await registerCluster(
      tx,
      core.vault,
      { ...wanted, state: cordoned ? 'cordoned' : 'active' },
      fit,
    )
    audit({
      target: { kind: 'cluster', id: row.id },
      after: { ...wanted, state: row.state, ...endpointOf(adminUrl) },
    })
    return { clusterId: row.id, name: row.name, rowVersion: row.rowVersion, checks: fit.checks }
  },
})
