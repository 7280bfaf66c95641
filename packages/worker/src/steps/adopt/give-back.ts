import { onLane } from '../on-lane.ts'
import type { Step, StepContext } from '../step.ts'

/**
 * Takes steps of an adoption back, last first, each in a transaction of its own, as long as the last one is like `step`.
 * @returns how many there were
 */
export async function giveBack(context: StepContext, step: string): Promise<number> {
  let taken = 0
  while (await onLane<boolean>(context, 'tenantry.give_back_schema($1, $2, $3, $5)', [step])) {
    taken++
    await context.worker.failpoint('adopt.back')
  }
  return taken
}

/** Gives a schema that was being adopted back to whom it belongs. Nothing to do for a tenant that was provisioned. */
export const giveBackAdopted: Step = {
  name: 'return',
  async up(context) {
    const taken = await giveBack(context, '%')
    context.journal.log('info', taken ? 'The schema is what it was before' : 'No schema was being adopted')
    return { returned: taken > 0 }
  },
}
