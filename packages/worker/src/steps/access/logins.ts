import { onLane } from '../on-lane.ts'
import type { Step, StepContext } from '../step.ts'

const set = (context: StepContext, undo: boolean, allowed: boolean) =>
  onLane<boolean>(context, 'tenantry.set_tenant_logins($1, $2, $3, $5, $6, $7)', ['logins', undo, allowed])

/** Nobody of the tenant can log in from now on. First of all: whoever is ended later must not come back. */
export const takeLogins: Step = {
  name: 'logins',
  async up(context) {
    await set(context, false, false)
    context.journal.log('info', 'The application’s roles can no longer log in')
    return undefined
  },
  async down(context) {
    await set(context, true, true)
  },
}

/** The product can log in again. */
export const giveLogins: Step = {
  name: 'logins',
  async up(context) {
    await set(context, false, true)
    context.journal.log('info', 'The application’s roles can log in')
    return undefined
  },
  async down(context) {
    await set(context, true, false)
  },
}
