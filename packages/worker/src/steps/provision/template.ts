import { renderSnapshot, runInParts } from '@tenantry/db/cluster'
import { guardedScripts } from '../guarded-scripts.ts'
import { lockBudgetOf } from '../lock-budget.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** Replays the template's snapshot as the tenant itself, in as many transactions as the lock budget asks for. */
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
    const { outcome, parts } = await runInParts({
      session: await guardedScripts(context),
      pool: context.worker.clusters.pool(claimed.cluster),
      operationId: claimed.operation.id,
      step: 'template',
      script: sql,
      budget: lockBudgetOf(context),
    })
    const from = `${claimed.template?.name} version ${version.version}`
    journal.log(
      'sql',
      `${version.statements} statements of ${from}${outcome === 'already' ? ' (done before)' : ''}`,
    )
    if (parts > 1) journal.log('info', `In ${parts} transactions, so that no one takes too many locks`)
    return { template: claimed.template?.slug, version: version.version, statements: version.statements }
  },
}
