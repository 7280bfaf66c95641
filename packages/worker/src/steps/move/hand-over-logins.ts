import { sourceOf } from '../copy/source-of.ts'
import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'

/**
 * Gives the tenant its login roles where it has arrived, with the passwords that the product has; closed still. They go
 * with the roles when these are taken back.
 */
export const handOverLogins: Step = {
  name: 'logins',
  async up(context) {
    const { cluster } = sourceOf(context.claimed)
    const logins = await onLane<{ role: string }[]>(context, 'tenantry.read_logins($1, $2, $3)', [], cluster)
    const taken = 'tenantry.take_logins($1, $2, $3, $5)'
    // An attempt before this one may have closed the schema, which its verification then saw.
    context.found.fingerprint = await onLane<string>(context, taken, [JSON.stringify(logins)])
    const roles = logins.map(({ role }) => role)
    context.journal.log(
      'info',
      roles.length
        ? `${roles.join(', ')} log in with the passwords they had`
        : 'No credentials were issued yet',
    )
    return { roles }
  },
}
