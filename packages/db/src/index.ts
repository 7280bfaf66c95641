export { clusterUse } from './control/cluster-use.ts'
export { migrateControl } from './control/migrate-control.ts'
export { type IdPrefix, newId } from './control/new-id.ts'
export {
  type ControlConnection,
  type ControlSchema,
  type Database,
  openControl,
} from './control/open-control.ts'
export { openVault, seal, unseal, type Vault } from './control/sealed.ts'
export { countOutcomes } from './count-outcomes.ts'
export { matchingTenants } from './matching-tenants.ts'
export {
  countLockWait,
  emptyMeter,
  type Meter,
  MeteredPool,
  metered,
  type OnStatement,
} from './metering/metered-client.ts'
export { openClient } from './open-client.ts'
export { countDeadLetters } from './queries/dead-letters.ts'
