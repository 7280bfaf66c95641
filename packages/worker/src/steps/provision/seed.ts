import { guardedScripts } from '../guarded-scripts.ts'
import type { Step } from '../step.ts'

/** Loads the template's seed data as the tenant itself. */
export const seed: Step = {
  name: 'seed',
  async up(context) {
    const script = context.claimed.templateVersion?.seed
    if (!script?.trim()) {
      context.journal.log('info', 'The template has no seed data')
      return { seeded: false }
    }
    const session = await guardedScripts(context)
    const outcome = await session.run('seed', script)
    context.journal.log('sql', `Seed data loaded${outcome === 'already' ? ' (done before)' : ''}`)
    return { seeded: true }
  },
}
