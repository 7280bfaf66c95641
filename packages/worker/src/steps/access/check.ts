import type { Step, StepContext } from '../step.ts'
import { tenantOf } from '../tenant-of.ts'

interface Access {
  readonly logins: number
  readonly sessions: number
  readonly may_use: boolean
}

/** The cluster does not say what the step before it promised. */
class AccessMismatch extends Error {
  readonly code = 'TN011'
  readonly action = 'Look who changes roles or privileges of this tenant by hand, then retry.'
}

async function accessOf({ worker, claimed }: StepContext): Promise<Access> {
  const { rows } = await worker.clusters
    .pool(claimed.cluster)
    .query<Access>('select logins, sessions, may_use from tenantry.tenant_access($1)', [tenantOf(claimed).id])
  const [access] = rows
  if (!access) throw new AccessMismatch('the cluster knows no such tenant')
  return access
}

/** Looks again, after everything: no role that can log in, no session, no way into the schema. */
export const checkClosed: Step = {
  name: 'check',
  async up(context) {
    const access = await accessOf(context)
    if (access.logins || access.sessions || access.may_use) {
      throw new AccessMismatch(`still open: ${JSON.stringify(access)}`)
    }
    context.journal.log('info', 'Nobody of the tenant gets in')
    return { ...access }
  },
}

/** Looks again: the application may use its schema. */
export const checkOpen: Step = {
  name: 'check',
  async up(context) {
    const access = await accessOf(context)
    if (!access.may_use) throw new AccessMismatch('the application may still not use its schema')
    context.journal.log(
      'info',
      access.logins ? 'The product gets in' : 'Open; no credentials were issued yet',
    )
    return { logins: access.logins }
  },
}
