import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from './random.ts'
import type { Arena, Site } from './start-arena.ts'

export interface Fault {
  readonly name: string
  readonly weight: number
  /** Takes so long that a short run leaves it out. */
  readonly slow?: true
  /** @returns whether it struck anything */
  strike(arena: Arena, random: Random): Promise<boolean>
}

/** Ends one session of the processes on a server, at random. */
async function endSession(arena: Arena, site: Site, random: Random): Promise<boolean> {
  const sessions = await arena.ask<{ pid: number }>(
    site,
    `select pid from pg_stat_activity where datname = current_database()
       and (application_name like 'tenantry%' or application_name like 'op:%')
     -- Those that are in the middle of something first.
     order by (state = 'idle'), pid limit 6`,
  )
  const chosen = random.pick(sessions)
  if (!chosen) return false
  await arena.ask(site, 'select pg_terminate_backend($1)', [chosen.pid])
  return true
}

async function cut(site: Site, ms: number): Promise<boolean> {
  site.cable.cut()
  await delay(ms)
  site.cable.mend()
  return true
}

async function freeze(site: Site, ms: number): Promise<boolean> {
  site.cable.freeze()
  await delay(ms)
  site.cable.mend()
  return true
}

export const faults: readonly Fault[] = [
  {
    name: 'kill -9 of a worker',
    weight: 20,
    async strike({ workers }, random) {
      const chosen = random.pick(workers.filter((worker) => worker.isAwake()))
      await chosen?.kill()
      return chosen !== undefined
    },
  },
  {
    name: 'pause of a worker past its lease',
    weight: 20,
    async strike({ workers, leaseMs }, random) {
      const chosen = random.pick(workers.filter((worker) => worker.isAwake()))
      chosen?.pause(leaseMs * (1.2 + random.next()))
      return chosen !== undefined
    },
  },
  {
    name: 'end of a session on the cluster',
    weight: 24,
    strike: (arena, random) => endSession(arena, arena.cluster, random),
  },
  {
    name: 'end of a session on the control database',
    weight: 14,
    strike: (arena, random) => endSession(arena, arena.control, random),
  },
  {
    name: 'cut of the line to the cluster',
    weight: 8,
    strike: (arena, random) => cut(arena.cluster, random.between(50, 500)),
  },
  {
    name: 'cut of the line to the control database',
    weight: 6,
    strike: (arena, random) => cut(arena.control, random.between(50, 300)),
  },
  {
    name: 'silence on the line to the cluster',
    weight: 3,
    strike: (arena, random) => freeze(arena.cluster, random.between(300, 1500)),
  },
  {
    name: 'kill -9 of the API',
    weight: 2,
    async strike({ api }) {
      if (!api.isAwake()) return false
      await api.kill()
      return true
    },
  },
  {
    name: 'restart of the cluster’s server',
    weight: 1,
    slow: true,
    async strike({ cluster }) {
      await cluster.restart()
      return true
    },
  },
  {
    name: 'restart of the control database’s server',
    weight: 1,
    slow: true,
    async strike({ control }) {
      await control.restart()
      return true
    },
  },
]
