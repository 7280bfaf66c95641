import type { Database } from '@tenantry/db'
import { eventBounds, type LoggedEvent, oldestUnnumbered, readEvents } from '@tenantry/db/queries'
import pg from 'pg'
import type { Logger } from 'pino'

export interface EventTail {
  /** Up to where everything has been handed on. */
  seq(): number
  /** Whether a connection hears the relay's wake-ups; without it the tail looks by itself, more often. */
  listening(): boolean
  /** Begins at the log's present end. @throws when the control database does not answer */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Milliseconds between two looks at the log, with and without wake-ups. */
const restWhileListening = 1500
const restWhileDeaf = 100
const most = 1000
/** Milliseconds that an event may wait for its number before the log counts as late, and how often that is asked. */
const lateAfter = 1000
const askAgainAfter = 1000

/** Who wants to know what the log says, and how well it is known. */
export interface TailReader {
  /** What it says, in order and once. */
  events(events: LoggedEvent[]): void
  /** Everything that has been said so far has been handed on. */
  caughtUp?(seq: number): void
  /** More may have been said: the log cannot be read, is not heard, or is behind what has happened. */
  behind?(): void
  /** Some of it was forgotten before it could be handed on. */
  missed?(): void
}

/**
 * Follows the event log and hands on what it says, in order and once: woken by the relay's NOTIFY, and by itself where
 * that fails.
 * @param listenUrl for one connection of its own; poolers that share sessions cannot LISTEN
 */
export function createEventTail(
  parts: { db: Database; listenUrl: string; log: Logger },
  reader: TailReader,
): EventTail {
  const { db, listenUrl, log } = parts
  let seq = 0
  let client: pg.Client | undefined
  let stopped = false
  let reading: Promise<void> | undefined
  let again = false
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let connecting: Promise<void> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let late = false

  async function read(): Promise<void> {
    do {
      again = false
      const events = await readEvents(db, seq, most)
      const [first, last] = [events[0], events.at(-1)]
      if (stopped) return
      if (first && last) {
        if (first.seq > seq + 1) reader.missed?.()
        seq = last.seq
        reader.events(events)
        again ||= events.length === most
      }
    } while (again && !stopped)
    if (await isLate()) reader.behind?.()
    else reader.caughtUp?.(seq)
  }

  /** Whether nobody puts events in order: then the end of the log is not the end of what has happened. */
  async function isLate(): Promise<boolean> {
    if (performance.now() - askedAt < askAgainAfter) return late
    late = (await oldestUnnumbered(db)) > lateAfter
    askedAt = performance.now()
    return late
  }

  /** Reads now, or once more when a read is under way. */
  function wake(): void {
    again = true
    if (reading || stopped) return
    clearTimeout(timer)
    reading = read()
      .then(() => {
        if (failing) log.info('event log is read again')
        failing = false
      })
      .catch((error: Error) => {
        if (!failing) log.warn({ err: error.message }, 'event log cannot be read; trying again')
        failing = true
        reader.behind?.()
      })
      .finally(() => {
        reading = undefined
        if (stopped) return
        if (again && !failing) wake()
        else timer = setTimeout(wake, client || failing ? restWhileListening : restWhileDeaf)
      })
  }

  /** Connects, and again a second after the connection is lost. */
  async function listen(): Promise<void> {
    const next = new pg.Client({
      connectionString: listenUrl,
      application_name: 'tenantry listen',
      keepAlive: true,
    })
    const lost = () => {
      next.removeAllListeners()
      next.on('error', () => {})
      if (client === next) client = undefined
      reader.behind?.()
      if (stopped) return
      setTimeout(() => {
        if (!stopped) connecting = listen()
      }, 1000).unref()
      wake()
    }
    next.on('error', lost)
    next.on('notification', wake)
    try {
      await next.connect()
      await next.query('listen tenantry_event')
      next.on('end', lost)
      if (stopped) {
        await next.end()
        return
      }
      client = next
      wake()
    } catch (error) {
      log.warn({ err: (error as Error).message }, 'cannot listen for events; looking every 100 ms instead')
      await next.end().catch(() => {})
      lost()
    }
  }

  return {
    seq: () => seq,
    listening: () => client !== undefined,
    async start() {
      seq = (await eventBounds(db)).newest
      connecting = listen()
      await connecting
      wake()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await connecting?.catch(() => {})
      await client?.end().catch(() => {})
      await reading
    },
  }
}
