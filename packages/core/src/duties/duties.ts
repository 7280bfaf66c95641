import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

/** One background task of a process. */
export interface Duty {
  readonly name: string
  /** Milliseconds of rest between two runs. */
  readonly everyMs: number
  /** `again`: there is more to do at once. */
  run(): Promise<'again' | 'rest'>
}

export interface RunningDuties {
  /** Stops after the runs that are under way. */
  stop(): Promise<void>
}

/** Runs each duty again and again, never twice at once; a failure is logged and the next run tries again. */
export function startDuties(duties: readonly Duty[], log: Logger): RunningDuties {
  const stopping = new AbortController()
  const loops = duties.map(async (duty) => {
    let failing = false
    while (!stopping.signal.aborted) {
      let next: 'again' | 'rest' = 'rest'
      try {
        next = await duty.run()
        if (failing) log.info({ duty: duty.name }, 'duty works again')
        failing = false
      } catch (error) {
        if (!failing) log.warn({ duty: duty.name, err: error }, 'duty failed; it will be tried again')
        failing = true
      }
      if (next === 'rest') await delay(duty.everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
