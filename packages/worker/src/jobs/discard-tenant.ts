import { giveBackAdopted } from '../steps/adopt/give-back.ts'
import { dropRoles, dropSchema, endOwnSessions } from '../steps/drop-lane.ts'
import { changeTenant } from './change-tenant.ts'

/** Sweeps what a failed provision may have left on its cluster, and gives a schema back that was being adopted. When it fails the tenant can be discarded again. */
export const discardTenantJob = changeTenant(
  [endOwnSessions, giveBackAdopted, dropSchema, dropRoles],
  'discarded',
)
