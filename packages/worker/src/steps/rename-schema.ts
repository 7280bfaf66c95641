import { onLane } from './on-lane.ts'
import type { Step, StepContext } from './step.ts'

/**
 * Gives the schema another name.
 * @param from the name to take it back to
 * @param to the new name
 */
export function renameSchema(
  from: (context: StepContext) => string,
  to: (context: StepContext) => string,
): Step {
  const call = 'tenantry.rename_tenant_schema($1, $2, $3, $5, $6, $7)'
  return {
    name: 'rename',
    async up(context) {
      await onLane<boolean>(context, call, ['rename', false, to(context)])
      context.journal.log('info', `Schema ${from(context)} is now ${to(context)}`)
      return { from: from(context), to: to(context) }
    },
    async down(context) {
      await onLane<boolean>(context, call, ['rename', true, from(context)])
    },
  }
}
