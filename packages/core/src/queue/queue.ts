import { type OperationJob, queueOf } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'

export interface WakeUp {
  readonly operationId: string
  /** Smaller goes first. */
  readonly priority: number
  readonly clusterId: string
  /** Not before; now when left out. */
  readonly dueAt?: Date
}

/** The queue as verbs see it: a wake-up for one operation, sent in the transaction that makes or changes it. */
export interface Queue {
  wake(tx: Database, wakeUp: WakeUp): Promise<void>
}

/** pg-boss orders and delivers, at least once; what happens is decided by the operation's row alone. */
export function createQueue(boss: PgBoss): Queue {
  return {
    async wake(tx, { operationId, priority, clusterId, dueAt }) {
      const job: OperationJob = { operationId }
      await boss.send(queueOf(clusterId), job, {
        db: fromDrizzle(tx, sql),
        // pg-boss runs larger numbers first.
        priority: -priority,
        ...(dueAt ? { startAfter: dueAt } : {}),
      })
    },
  }
}
