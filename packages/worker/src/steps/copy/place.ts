import { CopyError, tablesToCopy } from '@tenantry/db/cluster'
import { place } from '../provision/place.ts'
import type { Step, StepContext } from '../step.ts'
import { endAtSource, sourceOf } from './source-of.ts'

/** The copy would take more locks than the server has for everybody. */
class LockBudgetExceeded extends Error {
  readonly code = 'TN014'
  readonly action = 'Raise max_locks_per_transaction on the cluster and restart it, then retry.'
}

/** A move that is retried after another has brought the tenant there. */
class AlreadyThere extends Error {
  readonly code = 'TN015'
  readonly action = 'Nothing to do.'
}

/** Of the lock table, which all sessions of the server share, one operation takes no more than this. */
const share = 0.8

/** Checks that both clusters answer and that the copy can be made at all, before anything is made. */
export const placeCopy: Step = {
  name: 'place',
  async up(context) {
    const { worker, claimed, journal } = context
    const { slug, cluster, names } = sourceOf(claimed)
    if (claimed.operation.kind === 'tenant.move' && cluster.id === claimed.cluster.id) {
      throw new AlreadyThere(`${slug} is on ${cluster.name} already`)
    }
    const ended = await endAtSource(context)
    if (ended) journal.log('warn', `Ended ${ended} sessions of an earlier attempt at the source`)
    const placed = await place.up(context)
    const pool = worker.clusters.pool(cluster)
    const tables = await tablesToCopy(pool, names.schema)
    const hidden = copiesRows(context) ? tables.filter(({ hidesRows }) => hidesRows) : []
    if (hidden.length) {
      throw new CopyError(
        'TN012',
        `${hidden.map(({ name }) => name).join(', ')} of ${slug}: row-level security is forced on the owner too, so that not every row can be read`,
        'Lift it with ALTER TABLE … NO FORCE ROW LEVEL SECURITY, copy, then force it again; or copy the structure alone.',
      )
    }
    await refuseTooManyLocks(context)
    const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
    journal.log('info', `From ${slug} on ${cluster.name}: ${tables.length} tables, ${inWords(bytes)} on disk`)
    return { ...placed, source: slug, sourceCluster: cluster.name, tables: tables.length, bytes }
  },
  async down(context) {
    await endAtSource(context)
  },
}

/** A move always does. */
export const copiesRows = ({ claimed: { operation } }: StepContext) =>
  operation.kind === 'tenant.move' || operation.input.withData === true

export function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`
}

/** Structure and rows arrive in one transaction each, which holds a lock on every relation until it ends. */
async function refuseTooManyLocks({ worker, claimed }: StepContext): Promise<void> {
  const { cluster, names } = sourceOf(claimed)
  const count = await worker.clusters.pool(cluster).query<{ relations: number }>(
    `select count(*)::int + (count(*) filter (where reltoastrelid <> 0))::int * 2 as relations
     from pg_class where relnamespace = to_regnamespace($1)`,
    [names.schema],
  )
  const budget = await worker.clusters
    .pool(claimed.cluster)
    .query<{ locks: string }>('select max_locks as locks from tenantry.capacity()')
  const [needed, locks] = [count.rows[0]?.relations ?? 0, Number(budget.rows[0]?.locks ?? 0)]
  if (needed <= locks * share) return
  throw new LockBudgetExceeded(
    `${needed} relations are to be locked at once, and ${claimed.cluster.name} has room for ${locks} locks in all`,
  )
}
