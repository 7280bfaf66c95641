import { newId } from '@tenantry/db'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import { claimDue } from './claim-due.ts'
import { deliver, openWay } from './deliver.ts'

/** Messages on their way at once, of this process; and to one channel, so that one that hangs holds up no other. */
const most = 16
const mostOfChannel = 4

export interface Sender {
  readonly duty: Duty
  /** When what is on its way now has come to its end. */
  idle(): Promise<void>
  /** Breaks off what is on its way, which another sender then tries, and waits until that is written down. */
  close(): Promise<void>
}

/**
 * Sends what is in the outbox. At least once: whoever dies between the answer and its record has sent, and another sends
 * again under the same key. Any number of processes may do it.
 */
export function openSender(core: CoreContext, failpoint?: (name: string) => void | Promise<void>): Sender {
  const holder = newId('wk')
  const way = openWay(core)
  const stopping = new AbortController()
  const inHand = new Map<Promise<void>, string>()
  const busy = () => {
    const counts = new Map<string, number>()
    for (const id of inHand.values()) counts.set(id, (counts.get(id) ?? 0) + 1)
    return [...counts].filter(([, count]) => count >= mostOfChannel).map(([id]) => id)
  }
  const idle = async () => {
    await Promise.all(inHand.keys())
  }
  return {
    duty: {
      name: 'send-notifications',
      everyMs: 500,
      async run() {
        while (inHand.size < most && !stopping.signal.aborted) {
          const claimed = await claimDue(core, holder, { most: mostOfChannel, without: busy() })
          if (!claimed.length) return 'rest'
          for (const one of claimed) {
            const sending = deliver(core, way, holder, one, stopping.signal, () =>
              failpoint?.('notification.sent'),
            )
              .catch((err) =>
                core.log.warn({ err, notification: one.id }, 'attempt not recorded; another follows'),
              )
              .finally(() => inHand.delete(sending))
            inHand.set(sending, one.channel.id)
          }
        }
        return 'rest'
      },
    },
    idle,
    async close() {
      stopping.abort()
      await idle()
    },
  }
}
