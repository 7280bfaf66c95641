import { onLane } from '../on-lane.ts'
import type { Step, StepContext } from '../step.ts'

const set = (context: StepContext, undo: boolean, allowed: boolean) =>
  onLane<boolean>(context, 'tenantry.set_tenant_usage($1, $2, $3, $5, $6, $7)', ['usage', undo, allowed])

/** Closes the schema to the application, in open transactions too. */
export const closeSchema: Step = {
  name: 'usage',
  async up(context) {
    await set(context, false, false)
    context.journal.log('info', 'The schema is closed to the application')
    return undefined
  },
  async down(context) {
    await set(context, true, true)
  },
}

/** Opens the schema to the application. */
export const openSchema: Step = {
  name: 'usage',
  async up(context) {
    await set(context, false, true)
    context.journal.log('info', 'The schema is open to the application')
    return undefined
  },
  async down(context) {
    await set(context, true, false)
  },
}
