import {
  type CopiedData,
  type CopyProgress,
  copyData,
  emptySchema,
  filledViews,
  openGuardedSession,
} from '@tenantry/db/cluster'
import type pg from 'pg'
import { closeGuardedScripts, timeLeft } from '../guarded-scripts.ts'
import type { Step, StepContext } from '../step.ts'
import { laneOf } from '../tenant-of.ts'
import { copiesRows, inWords } from './place.ts'
import { logIntoSource, sourceOf } from './source-of.ts'

/**
 * Copies every row from one snapshot of the source, as a stream from owner to owner, in one transaction of the target;
 * where the structure alone is wanted, leaves no row at all.
 */
export const data: Step = {
  name: 'data',
  async up(context) {
    const { worker, claimed, journal } = context
    // One login a lane: the copy's own, for as long as the operation has.
    await closeGuardedScripts(context)
    const session = await openGuardedSession({
      pool: worker.clusters.pool(claimed.cluster),
      tenantId: laneOf(claimed).id,
      operationId: claimed.operation.id,
      fence: claimed.operation.fence,
      deadlineMs: timeLeft(claimed),
      failpoint: worker.failpoint,
    })
    try {
      await session.load('data', (client) =>
        copiesRows(context) ? copyRows(context, client) : leaveEmpty(context, client),
      )
      const done = await fromLedger(context)
      journal.log(
        'info',
        copiesRows(context)
          ? `${done.rows} rows of ${done.tables} tables copied and proven, ${inWords(done.bytes)}`
          : 'The structure alone: no table has a row',
      )
      return { ...done }
    } finally {
      // What cannot be closed now is closed by the next attempt, or by the way back.
      await session.close().catch(() => {})
    }
  },
}

async function copyRows(context: StepContext, to: pg.Client) {
  const { claimed, worker, signal } = context
  const source = await logIntoSource(context)
  try {
    return await source.read((from) =>
      copyData({
        from,
        fromSchema: sourceOf(claimed).names.schema,
        to,
        toSchema: laneOf(claimed).schemaName,
        signal,
        onProgress: tell(context),
        failpoint: worker.failpoint,
      }),
    )
  } finally {
    await source.close().catch(() => {})
  }
}

async function leaveEmpty({ claimed, worker }: StepContext, client: pg.Client) {
  const source = sourceOf(claimed)
  const filled = await filledViews(worker.clusters.pool(source.cluster), source.names.schema)
  await emptySchema(client, laneOf(claimed).schemaName, filled)
  return { tables: 0, rows: 0, bytes: 0, sequences: 0 }
}

/** A line a table that has arrived; the step itself tells every percent. */
function tell({ journal }: StepContext): (progress: CopyProgress) => void {
  let told = -1
  return ({ table, done, tables, fraction, rows, bytes, arrived }) => {
    const percent = Math.min(99, Math.floor(fraction * 100))
    if (arrived) {
      journal.log('sql', `${table}: ${arrived.rows} rows, ${inWords(arrived.bytes)}`, {
        table,
        ...arrived,
        done,
        tables,
        percent,
      })
    }
    if (percent === told) return
    told = percent
    journal.progress(
      percent,
      `table ${Math.min(done + 1, tables)} of ${tables}, ${rows} rows, ${inWords(bytes)}`,
    )
  }
}

/** What was done, by this attempt or by an earlier one. */
async function fromLedger({ worker, claimed }: StepContext) {
  const { rows } = await worker.clusters
    .pool(claimed.cluster)
    .query<{ result: CopiedData }>(
      `select result from tenantry.ledger where operation_id = $1 and step = 'data'`,
      [claimed.operation.id],
    )
  const [found] = rows
  if (!found) throw new Error('the ledger has no copy')
  return found.result
}
