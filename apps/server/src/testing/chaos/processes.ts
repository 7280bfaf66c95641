import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stopsHere } from '../../failpoint.ts'
import { type ServerProcess, spawnServer } from '../spawn-server.ts'

const workerProcess = fileURLToPath(new URL('worker-process.ts', import.meta.url))

export type Role = 'api' | 'worker'

/** A place in the arena that always has a living process, however often it is killed. */
export interface Seat {
  readonly process: () => ServerProcess
  /** Where it listens; undefined while it starts. */
  readonly address: () => string | undefined
  /** Up, and not paused. */
  readonly isAwake: () => boolean
  /** kill -9. */
  kill(): Promise<void>
  /** SIGSTOP, and SIGCONT after so many milliseconds. */
  pause(ms: number): void
  close(): Promise<void>
}

export interface SeatOptions {
  readonly role: Role
  readonly settings: Record<string, string>
  /** Where the next process shall die or stop by itself; undefined: nowhere. */
  readonly nextFailpoint: () => string | undefined
  /** It did. */
  readonly onFailpoint: (how: 'died' | 'stopped') => void
  /** For how long it sleeps where it stopped by itself, in milliseconds. */
  readonly sleepMs: () => number
  /** It ended and nobody had killed it, or it does not come up: a bug. */
  readonly onCrash: (words: string) => void
}

/** A start is tried again while a database is away; but never takes so long. */
const longestStartMs = 90_000

/** Keeps one process running until it is closed. */
export function openSeat(options: SeatOptions): Seat {
  const { role, settings, nextFailpoint, onFailpoint, sleepMs, onCrash } = options
  let current!: ServerProcess
  let address: string | undefined
  let killed = false
  let closing = false
  let asleep: ReturnType<typeof setTimeout> | undefined

  const sleep = (child: ServerProcess, ms: number) => {
    asleep = setTimeout(() => {
      asleep = undefined
      child.kill('SIGCONT')
    }, ms)
  }
  const start = () => {
    const failpoint = nextFailpoint()
    const child = spawnServer(
      { TENANTRY_ROLE: role, ...settings, ...(failpoint ? { TENANTRY_FAILPOINT: failpoint } : {}) },
      role === 'worker' ? workerProcess : undefined,
    )
    current = child
    address = undefined
    killed = false
    clearTimeout(asleep)
    asleep = undefined
    const late = setTimeout(() => {
      onCrash(`a ${role} was not up within ${longestStartMs / 1000} s:\n${child.output().slice(-3000)}`)
    }, longestStartMs)
    child.ready.then(
      (ready) => {
        clearTimeout(late)
        if (current === child) address = ready.address
      },
      () => clearTimeout(late),
    )
    const look = setInterval(() => {
      if (!child.output().includes(stopsHere)) return
      clearInterval(look)
      onFailpoint('stopped')
      sleep(child, sleepMs())
    }, 100)
    child.ended.then(async (how) => {
      clearInterval(look)
      clearTimeout(late)
      const wasUp = address !== undefined
      address = undefined
      if (closing) return
      if (!killed && how === 'SIGKILL' && failpoint) onFailpoint('died')
      // Who cannot start because a database is away ends with words, and is started again.
      else if (!killed && wasUp) onCrash(`a ${role} ended with ${how}:\n${child.output().slice(-3000)}`)
      if (!wasUp) await delay(200)
      if (!closing) start()
    })
  }
  start()

  return {
    process: () => current,
    address: () => address,
    isAwake: () => address !== undefined && !killed && asleep === undefined,
    async kill() {
      killed = true
      clearTimeout(asleep)
      current.kill('SIGKILL')
      await current.ended
    },
    pause(ms) {
      current.kill('SIGSTOP')
      sleep(current, ms)
    },
    async close() {
      closing = true
      clearTimeout(asleep)
      current.kill('SIGKILL')
      await current.ended
    },
  }
}
