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
  /** Ends the rest of a duty early: there may be something to do. A run that is under way is followed by another. */
  nudge(name: string): void
  /** Stops after the runs that are under way. */
  stop(): Promise<void>
}

/** Runs each duty again and again, never twice at once; a failure is logged and the next run tries again. */
export function startDuties(duties: readonly Duty[], log: Logger): RunningDuties {
  const stopping = new AbortController()
  const nudges = new Map<string, () => void>()
  const loops = duties.map(async (duty) => {
    let failing = false
    let nudged = false
    let wake = () => {}
    nudges.set(duty.name, () => {
      nudged = true
      wake()
    })
    while (!stopping.signal.aborted) {
      let next: 'again' | 'rest' | number = 'rest'
      nudged = false
      try {
        next = await duty.run()
        if (failing) log.info({ duty: duty.name }, 'duty works again')
        failing = false
      } catch (error) {
        if (!failing) log.warn({ duty: duty.name, err: error }, 'duty failed; it will be tried again')
        failing = true
      }
      if (next === 'again' || nudged) continue
      const resting = new AbortController()
      wake = () => resting.abort()
      const signal = AbortSignal.any([stopping.signal, resting.signal])
      await delay(next === 'rest' ? duty.everyMs : next, undefined, { signal }).catch(() => {})
    }
  })
  return {
    nudge: (name) => nudges.get(name)?.(),
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
