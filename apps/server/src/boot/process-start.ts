import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * When a process began, in the system's own words: with its pid it names one process for good, for the next of that pid
 * has another start. Undefined when there is none.
 */
export function processStart(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      // Fields 3 and 22; the name in field 2 may hold blanks and brackets.
      const [state, ...fields] =
        readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return state === 'Z' ? undefined : fields[18]
    } catch {
      return undefined
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}
