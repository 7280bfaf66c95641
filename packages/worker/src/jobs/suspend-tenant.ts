import { checkClosed } from '../steps/access/check.ts'
import { takeLogins } from '../steps/access/logins.ts'
import { endSessions } from '../steps/access/sessions.ts'
import { closeSchema } from '../steps/access/usage.ts'
import { changeTenant } from './change-tenant.ts'

/** Closes a tenant to its product, enforced by the database: logins first and committed, then the schema, then sessions. */
export const suspendTenantJob = changeTenant([takeLogins, closeSchema, endSessions, checkClosed], 'suspended')
