import { maxDelta, type SubscribeReply } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { eventBounds, readTopic } from '@tenantry/db/queries'
import { eventOn } from './hub.ts'

/** Farther behind than this, a snapshot is cheaper than reading the log for one topic. */
const farthest = 200_000

/** What a reader who has seen `since` has missed of a topic until `seq`: the events themselves, or "take a snapshot". */
export async function answerSubscription(
  db: Database,
  topic: string,
  since: number | undefined,
  seq: number,
): Promise<SubscribeReply> {
  const snapshot = { mode: 'snapshot', seq } as const
  if (since === undefined || seq - since > farthest) return snapshot
  if (since === seq) return { mode: 'delta', seq, events: [] }
  const { oldest, newest } = await eventBounds(db)
  // Another node had read on; a seq that the log never reached is of another log.
  if (since > seq) return since <= newest ? { mode: 'delta', seq: since, events: [] } : snapshot
  if (since < oldest - 1) return snapshot
  const events = await readTopic(db, topic, { since, until: seq, limit: maxDelta + 1 })
  if (events.length > maxDelta) return snapshot
  return { mode: 'delta', seq, events: events.map((event) => eventOn(topic, event)) }
}
