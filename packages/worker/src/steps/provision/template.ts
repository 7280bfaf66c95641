import { renderSnapshot } from '@tenantry/db/cluster'
import { guardedScripts } from '../guarded-scripts.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** Replays the template's snapshot as the tenant itself. */
export const template: Step = {
  name: 'template',
  async up(context) {
    const { claimed, journal } = context
    const lane = laneOf(claimed)
    const version = claimed.templateVersion
    if (!version?.snapshot || !version.placeholders) throw new Error('the template’s version has no snapshot')
    const sql = renderSnapshot(
      { sql: version.snapshot, placeholders: version.placeholders },
      { schema: lane.schemaName, ...lane.roles },
    )
    const session = await guardedScripts(context)
    const outcome = await session.run('template', sql)
    const from = `${claimed.template?.name} version ${version.version}`
    journal.log(
      'sql',
      `${version.statements} statements of ${from}${outcome === 'already' ? ' (done before)' : ''}`,
    )
    return { template: claimed.template?.slug, version: version.version, statements: version.statements }
  },
}
