import { checkOpen } from '../steps/access/check.ts'
import { giveLogins } from '../steps/access/logins.ts'
import { openSchema } from '../steps/access/usage.ts'
import { moveTenant } from './move-tenant.ts'

/** Opens a suspended tenant again. */
export const resumeTenantJob = moveTenant([openSchema, giveLogins, checkOpen], 'active')
