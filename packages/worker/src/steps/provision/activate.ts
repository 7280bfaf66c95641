import { closeGuardedScripts } from '../guarded-scripts.ts'
import type { Step } from '../step.ts'

/** Takes the job's login away again; the registry calls the tenant active in the transaction that ends the operation. */
export const activate: Step = {
  name: 'activate',
  async up(context) {
    await closeGuardedScripts(context)
    return undefined
  },
}
