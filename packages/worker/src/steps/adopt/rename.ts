import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'
import { giveBack } from './give-back.ts'
import { wishOf } from './wish.ts'

interface Renamed {
  readonly from: string
  readonly to: string
  /** The kept roles whose search_path was changed. */
  readonly roles: readonly string[]
}

interface SessionsNow {
  readonly ended: number
  readonly told: readonly { role: string; application: string; sessions: number }[]
}

/**
 * Gives the schema the tenant's name, in one transaction with its owner, privileges and the search_path of kept roles. A
 * strict adoption that would not match is refused inside it: nobody has seen the new name then.
 */
export const rename: Step = {
  name: 'rename',
  async up(context) {
    const { claimed, worker, journal } = context
    const { strict, fingerprint } = wishOf(claimed)
    const { from, to, roles } = await onLane<Renamed>(context, 'tenantry.adopt_schema($1, $2, $3, $5)', [
      strict ? fingerprint : null,
    ])
    journal.log('info', from === to ? `Schema ${to} keeps its name` : `Schema ${from} is now ${to}`)
    for (const role of roles) journal.log('info', `The search_path of ${role} names ${to}`)
    await worker.failpoint('adopt.renamed')
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query<{ now: SessionsNow }>('select tenantry.end_adopted_sessions($1, $2) as now', [
        laneOf(claimed).id,
        claimed.operation.fence,
      ])
    const { ended, told } = rows[0]?.now ?? { ended: 0, told: [] }
    if (ended) journal.log('info', `Sessions of kept roles ended, to come back: ${ended}`)
    for (const { role, application, sessions } of from === to ? [] : told) {
      journal.log(
        'warn',
        `May still use the name ${from}: ${sessions} × ${role} (${application || 'unnamed'})`,
      )
    }
    return { from, to, roles, ended, told: told.length }
  },
  async down(context) {
    await giveBack(context, 'adopt schema')
  },
}
