import { issueCredentials } from '../steps/issue-credentials.ts'
import { moveTenant } from './move-tenant.ts'

/** Issues new credentials of a tenant's application role. */
export const rotateCredentialsJob = moveTenant([issueCredentials], undefined)
