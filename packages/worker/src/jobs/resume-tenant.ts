import { checkOpen } from '../steps/access/check.ts'
import { giveLogins } from '../steps/access/logins.ts'
import { openSchema } from '../steps/access/usage.ts'
import { changeTenant } from './change-tenant.ts'

/** Opens a suspended tenant again. */
export const resumeTenantJob = changeTenant([openSchema, giveLogins, checkOpen], 'active')
