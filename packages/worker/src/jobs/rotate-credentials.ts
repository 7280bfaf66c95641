import { issueCredentials } from '../steps/issue-credentials.ts'
import { changeTenant } from './change-tenant.ts'

/** Issues new credentials of a tenant's application role. */
export const rotateCredentialsJob = changeTenant([issueCredentials], undefined)
