import { archivedSchemaNameOf } from '@tenantry/contracts'
import { onLane } from './on-lane.ts'
import type { Step, StepContext } from './step.ts'
import { laneOf, tenantOf } from './tenant-of.ts'

/** There is nothing to repair. */
class SchemaGone extends Error {
  readonly code = 'TN004'
  readonly action = 'Restore the schema from a backup under this name, then repair again.'
}

const recall = (context: StepContext, schema: string) =>
  onLane<string | null>(context, 'tenantry.recall_lane($1, $2, $3, $5)', [schema])

/** Finds the tenant's schema under whatever name, gives it the registry's, and takes up a lane that was lost. */
export const recallTenant: Step = {
  name: 'recall',
  async up(context) {
    const { id, state, schemaName } = tenantOf(context.claimed)
    const wanted = state === 'archived' ? archivedSchemaNameOf(id) : schemaName
    const schema = await recall(context, wanted)
    if (!schema) throw new SchemaGone(`there is no schema ${wanted}, nor any that is this tenant’s`)
    context.journal.log('info', `Schema ${schema} is there`)
    return { schema }
  },
}

/** The same of what is left over by hand, so that what is dropped next is what is there. */
export const recallLeftover: Step = {
  name: 'recall',
  async up(context) {
    const { input } = context.claimed.operation
    if (!input.recall) return undefined
    const schema = await recall(context, String(input.schema ?? laneOf(context.claimed).schemaName))
    context.journal.log('info', schema ? `Schema ${schema} is there` : 'No schema is there')
    return { schema }
  },
}
