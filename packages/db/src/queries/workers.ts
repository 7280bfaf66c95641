import { workerSilentAfterMs } from '@tenantry/contracts'
import { asc, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { worker } from '../schema/index.ts'
import { iso } from './keyset.ts'

/** A worker process, as it last said of itself. */
export interface WorkerRow {
  readonly id: string
  /** `host:pid` */
  readonly name: string
  /** Operations in hand. */
  readonly inHand: number
  readonly startedAt: string
  readonly seenAt: string
  /** Whether it has been heard of lately. */
  readonly alive: boolean
}

export const isAlive = sql<boolean>`${worker.seenAt} > clock_timestamp() - ${workerSilentAfterMs} * interval '1 ms'`

/** Every worker that has not closed, oldest first; silent ones for a day. */
export function listWorkers(db: Database): Promise<WorkerRow[]> {
  return db
    .select({
      id: worker.id,
      name: worker.name,
      inHand: worker.inHand,
      startedAt: iso(worker.startedAt),
      seenAt: iso(worker.seenAt),
      alive: isAlive,
    })
    .from(worker)
    .orderBy(asc(worker.startedAt), asc(worker.id))
}
