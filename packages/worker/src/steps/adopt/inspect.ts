import type { AdoptionObstacle } from '@tenantry/contracts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'
import { wishOf } from './wish.ts'

/** The schema cannot be adopted as it is. */
class AdoptionRefused extends Error {
  readonly code = 'TN030'
  readonly action = 'Mend what the message names on the cluster, then retry.'
}

/** Looks at the schema: is it there, and what stands in the way. Changes nothing. */
export const inspect: Step = {
  name: 'inspect',
  async up({ worker, claimed, journal }) {
    const { schema } = wishOf(claimed)
    const { id, schemaName } = laneOf(claimed)
    const pool = worker.clusters.pool(claimed.cluster)
    await pool.query('select tenantry.end_sessions($1, $2)', [id, claimed.operation.fence])
    const { rows } = await pool.query<AdoptionObstacle>(
      'select code, grave, words from tenantry.adoption_obstacles(array[$1::name], $2)',
      [schema, schemaName],
    )
    for (const { grave, words } of rows) journal.log(grave ? 'error' : 'warn', words)
    const grave = rows.filter((row) => row.grave)
    if (grave.length) {
      throw new AdoptionRefused(
        `the schema ${schema} cannot be adopted. ${grave.map((row) => row.words).join(' ')}`,
      )
    }
    journal.log('info', `Schema ${schema} can become ${schemaName}`)
    return { schema, notes: rows.map(({ code }) => code) }
  },
}
