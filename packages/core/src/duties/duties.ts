import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

/** One background task of a process. */
export interface Duty {
  readonly name: string
  /** Milliseconds of rest between two runs. */
  readonly everyMs: number
  /** `again`: there is more to do at once; a number: milliseconds of rest this time. */
  run(): Promise<'again' | 'rest' | number>
}

export interface RunningDuties {
  /** Lets a duty run now, or once more after the run that is under way, instead of at the end of its rest. */
  hurry(name: string): void
  /** Stops after the runs that are under way. */
  stop(): Promise<void>
}

/** Runs each duty again and again, never twice at once; a failure is logged and the next run tries again. */
export function startDuties(duties: readonly Duty[], log: Logger): RunningDuties {
  const stopping = new AbortController()
  const hurried = new Map<string, () => void>()
  const loops = duties.map(async (duty) => {
    let failing = false
    while (!stopping.signal.aborted) {
      let next: 'again' | 'rest' | number = 'rest'
      const rest = new AbortController()
      hurried.set(duty.name, () => rest.abort())
      try {
        next = await duty.run()
        if (failing) log.info({ duty: duty.name }, 'duty works again')
        failing = false
      } catch (error) {
        if (!failing) log.warn({ duty: duty.name, err: error }, 'duty failed; it will be tried again')
        failing = true
      }
      if (next === 'again') continue
      const restMs = next === 'rest' ? duty.everyMs : next
      await delay(restMs, undefined, { signal: AbortSignal.any([stopping.signal, rest.signal]) }).catch(
        () => {},
      )
    }
  })
  return {
    hurry: (name) => hurried.get(name)?.(),
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
