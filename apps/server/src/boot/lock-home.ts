import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { processStart } from './process-start.ts'

/** Another process has the home, and lives. */
export class HomeTaken extends Error {
  constructor(home: string, pid: number) {
    super(`Tenantry (pid ${pid}) already runs in ${home}: stop it, or set TENANTRY_HOME to another folder.`)
    this.name = 'HomeTaken'
  }
}

/**
 * Makes this process the only one in `home`, until it lets go or ends. A lock whose process is gone counts for nothing,
 * also when its pid is somebody else's by now.
 * @returns how to let go
 * @throws HomeTaken
 */
export function lockHome(home: string): () => void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const lock = path.join(home, 'tenantry.pid')
  const mine = `${lock}.${process.pid}`
  const self = `${process.pid} ${processStart(process.pid)}\n`
  writeFileSync(mine, self)
  try {
    while (!linked(mine, lock)) {
      const holder = read(lock)
      if (lives(holder)) throw new HomeTaken(home, Number.parseInt(holder, 10))
      setAside(lock, holder)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return () => {
    if (read(lock) === self) rmSync(lock, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function lives(holder: string): boolean {
  const [pid, start] = holder.trim().split(' ')
  return start !== undefined && processStart(Number(pid)) === start
}

/** Removes a dead lock; one that somebody has put there meanwhile goes back. */
function setAside(lock: string, dead: string): void {
  const aside = `${lock}.${process.pid}.old`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (read(aside) !== dead) linked(aside, lock)
  rmSync(aside, { force: true })
}
