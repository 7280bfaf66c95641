import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const namespace = ['--user', '--map-user=65534', '--map-group=65534', '--']

/**
 * Spawns a PostgreSQL program. PostgreSQL refuses to run as root, so root becomes an ordinary user: through a user
 * namespace where the kernel allows it (no user to make, nothing to chown), else by handing `dir` to `postgres` or
 * `nobody` and letting its group pass through the folder above.
 */
export function spawnUnprivileged(
  program: string,
  args: string[],
  dir: string,
  options: SpawnOptions,
): ChildProcess {
  if (process.getuid?.() !== 0) return spawn(program, args, options)
  if (spawnSync('unshare', [...namespace, 'true']).status === 0) {
    return spawn('unshare', [...namespace, program, ...args], options)
  }
  const postgres = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' })
  const uid = postgres.status === 0 ? Number(postgres.stdout) : 65534
  mkdirSync(dir, { recursive: true })
  chownTree(dir, uid)
  letPass(path.dirname(dir), uid)
  return spawn(program, args, { ...options, uid, gid: uid })
}

function chownTree(dir: string, uid: number): void {
  chownSync(dir, uid, uid)
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const child = path.join(dir, entry.name)
    if (entry.isDirectory()) chownTree(child, uid)
    else chownSync(child, uid, uid)
  }
}

/** Opens a folder that is closed to others for this group to enter, not to look into. */
function letPass(dir: string, gid: number): void {
  const { mode, uid } = statSync(dir)
  if (mode & 0o001) return
  chownSync(dir, uid, gid)
  chmodSync(dir, (mode & 0o700) | 0o010)
}
