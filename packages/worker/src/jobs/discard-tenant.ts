import { dropRoles, dropSchema, endOwnSessions } from '../steps/drop-lane.ts'
import { changeTenant } from './change-tenant.ts'

/** Sweeps what a failed provision may have left on its cluster. When it fails the tenant can be discarded again. */
export const discardTenantJob = changeTenant([endOwnSessions, dropSchema, dropRoles], 'discarded')
