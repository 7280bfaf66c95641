import type { OperationError, StepResources } from '@tenantry/contracts'
import type { Database, Meter } from '@tenantry/db'
import { operationLog, operationStep } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'

type StepRow = typeof operationStep.$inferInsert
type LogRow = typeof operationLog.$inferInsert
type LogLevel = LogRow['level']

interface StepEntry {
  done(result?: Record<string, unknown>): void
  failed(error: OperationError): void
}

/**
 * What an attempt did, as people read it. Written in batches beside the work, so that it costs the work nothing; what
 * is left when the attempt ends commits together with its outcome. Rows of an attempt that was taken over are refused.
 */
export interface Journal {
  /** @param meter what the step has of the clusters is counted there; read when it ends */
  step(name: string, ordinal: number, direction: 'up' | 'down', meter: Meter): StepEntry
  /** How far the step that runs is, with a word on what it is at; the step's result takes its place. */
  progress(percent: number, at: string): void
  log(level: LogLevel, message: string, data?: Record<string, unknown>): void
  /**
   * Waits for the batch that is on its way and starts no more. Before the transaction that ends the attempt: it locks
   * the operation, which a batch must look at.
   */
  settle(): Promise<void>
  /** Writes all that is left, in the transaction that has ended the attempt. `settle` first. */
  drainInto(tx: Database): Promise<void>
}

const flushMs = 50

/** @param lastLine the last line number of the operation's log so far */
export function openJournal(
  db: Database,
  operation: { id: string; attempt: number },
  lastLine: number,
  onError: (error: unknown) => void,
): Journal {
  const steps = new Map<string, StepRow>()
  let lines: LogRow[] = []
  let line = lastLine
  let current: string | null = null
  let report: ((result: Record<string, unknown>) => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let settled = false

  const take = () => {
    const batch = { steps: [...steps.values()], lines }
    steps.clear()
    lines = []
    return batch
  }
  const flush = () => {
    timer = undefined
    writing = writing.then(async () => {
      const batch = take()
      try {
        await db.transaction(async (tx) => {
          const { rowCount } = await tx.execute(
            sql`select from control.operation where id = ${operation.id} and attempt = ${operation.attempt} for share`,
          )
          if (rowCount) await write(tx, batch)
        })
      } catch (error) {
        // Kept for the next batch, behind nothing newer of the same step.
        for (const row of batch.steps) if (!steps.has(keyOf(row))) steps.set(keyOf(row), row)
        lines = [...batch.lines, ...lines]
        onError(error)
      }
    })
  }
  const changed = () => {
    if (!settled) timer ??= setTimeout(flush, flushMs)
  }

  return {
    step(name, ordinal, direction, meter) {
      const row: StepRow = {
        operationId: operation.id,
        attempt: operation.attempt,
        direction,
        ordinal,
        name,
        state: 'running',
        startedAt: new Date(),
      }
      current = name
      const put = (change: Partial<StepRow>) => {
        Object.assign(row, change)
        steps.set(keyOf(row), { ...row })
        changed()
      }
      put({})
      report = (result) => put({ result })
      return {
        done: (result) => {
          report = undefined
          put({
            state: direction === 'up' ? 'done' : 'undone',
            finishedAt: new Date(),
            result: result ?? null,
            resources: read(meter),
          })
        },
        failed: (error) => {
          report = undefined
          put({ state: 'failed', finishedAt: new Date(), error, resources: read(meter) })
        },
      }
    },
    progress: (percent, at) => report?.({ percent, at }),
    log(level, message, data) {
      lines.push({
        operationId: operation.id,
        line: ++line,
        attempt: operation.attempt,
        at: new Date(),
        level,
        step: current,
        message,
        data: data ?? null,
      })
      changed()
    },
    async settle() {
      settled = true
      clearTimeout(timer)
      await writing
    },
    async drainInto(tx) {
      // Kept until the caller has committed: writing a row twice is harmless, losing it is not.
      await write(tx, { steps: [...steps.values()], lines })
    },
  }
}

/** As it is kept: whole microseconds. */
const read = ({ databaseMs, lockWaitMs, ...counts }: Meter): StepResources => ({
  ...counts,
  databaseMs: Math.round(databaseMs * 1000) / 1000,
  lockWaitMs: Math.round(lockWaitMs * 1000) / 1000,
})

const keyOf = (row: StepRow) => `${row.direction}/${row.ordinal}`

/** In one statement. The caller has made sure, by a lock on the operation, that its attempt is the current one. */
async function write(tx: Database, { steps, lines }: { steps: StepRow[]; lines: LogRow[] }): Promise<void> {
  const putSteps = (on: Pick<Database, 'insert'>) =>
    on
      .insert(operationStep)
      .values(steps)
      .onConflictDoUpdate({
        target: [
          operationStep.operationId,
          operationStep.attempt,
          operationStep.direction,
          operationStep.ordinal,
        ],
        set: {
          state: sql`excluded.state`,
          finishedAt: sql`excluded.finished_at`,
          result: sql`excluded.result`,
          error: sql`excluded.error`,
          resources: sql`excluded.resources`,
        },
      })
  if (!lines.length) {
    if (steps.length) await putSteps(tx)
    return
  }
  const put = steps.length
    ? tx.with(tx.$with('put_steps').as(putSteps(tx).returning({ name: operationStep.name })))
    : tx
  await put.insert(operationLog).values(lines).onConflictDoNothing()
}
