import { claimOperation } from '@tenantry/core'
import pino from 'pino'
import { openClusters } from '../clusters/clusters.ts'
import { jobs } from '../jobs/jobs.ts'
import { openJournal } from '../journal/journal.ts'
import type { StepContext } from '../steps/step.ts'
import type { Fleet } from './start-fleet.ts'

/**
 * For every step of an operation in turn: up to it, and all the way down again, each time as an attempt of its own, as a
 * worker would whose next step failed. Afterwards the operation can be claimed once more.
 * @param onGround told after each way down
 */
export async function walkSteps(
  fleet: Fleet,
  operationId: string,
  onGround: (step: string) => Promise<void>,
): Promise<void> {
  const log = pino({ level: 'silent' })
  const clusters = openClusters(fleet.masterKey, 2, log)
  const give = () =>
    fleet.control.pool.query(
      `update control.operation set lease_until = clock_timestamp() - interval '1 s' where id = $1`,
      [operationId],
    )
  const begin = async () => {
    const claimed = await claimOperation(fleet.core, operationId, 'walker', 600_000)
    if (!claimed) throw new Error(`operation ${operationId} cannot be claimed`)
    const context: StepContext = {
      worker: {
        core: fleet.core,
        clusters,
        workerId: 'walker',
        settings: { leaseMs: 600_000, scriptDeadlineMs: 20_000, drainMs: 0 },
        failpoint: () => {},
      },
      claimed,
      journal: openJournal(fleet.core.db, claimed.operation, claimed.lastLine, () => {}),
      signal: new AbortController().signal,
      isCancelled: () => false,
      found: {},
    }
    return { context, job: jobs[claimed.operation.kind] }
  }
  try {
    const { job, context } = await begin()
    await job.close?.(context)
    for (const [last, { name }] of job.steps.entries()) {
      await give()
      const attempt = await begin()
      const { steps } = attempt.job
      for (const step of steps.slice(0, last + 1)) await step.up(attempt.context)
      await attempt.job.close?.(attempt.context)
      for (const step of steps.toReversed()) await step.down?.(attempt.context)
      await attempt.context.journal.settle()
      await onGround(name)
    }
    await give()
  } finally {
    await clusters.close()
  }
}
