import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { spawnUnprivileged } from './unprivileged.ts'

/**
 * Makes a data directory: in a folder beside it, moved into place when it is whole. What an interrupted run has left
 * there, its password file above all, the next one removes.
 * @throws with initdb's own words
 */
export async function initDataDirectory(initdb: string, dir: string, password: string): Promise<void> {
  const home = path.dirname(dir)
  const prefix = `${path.basename(dir)}.initdb-`
  mkdirSync(home, { recursive: true })
  for (const name of readdirSync(home)) {
    if (name.startsWith(prefix)) rmSync(path.join(home, name), { recursive: true, force: true })
  }
  const work = mkdtempSync(path.join(home, prefix))
  try {
    const passwordFile = path.join(work, 'password')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    const data = path.join(work, 'data')
    await run(initdb, work, [
      ...['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--no-sync', '-E', 'UTF8', '--locale=C'],
    ])
    renameSync(data, dir)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function run(program: string, work: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // A process group of its own: Ctrl-C at a terminal is for whoever called us.
    const child = spawnUnprivileged(program, args, work, {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    })
    let words = ''
    child.stderr?.on('data', (chunk) => {
      words += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${words}`))))
  })
}
