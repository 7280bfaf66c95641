import { writeSync } from 'node:fs'

/** What a process says that stops at its failpoint. */
export const stopsHere = 'stops at its failpoint'

/**
 * Where this process ends itself without a word, for crash tests: `name` at its first passing, `name:3` at its third.
 * `*:3`: at the third of whatever name. `name:3:stop`: where it stops, as if its machine had frozen, until somebody lets
 * it go on. Undefined in any other run.
 */
export function openFailpoint(setting: string | undefined): ((name: string) => void) | undefined {
  if (!setting) return undefined
  const [wanted, nth = '1', how] = setting.split(':')
  let left = Number(nth)
  return (name) => {
    if ((wanted !== '*' && name !== wanted) || --left !== 0) return
    if (how === 'stop') writeSync(1, `{"msg":"${stopsHere}"}\n`)
    process.kill(process.pid, how === 'stop' ? 'SIGSTOP' : 'SIGKILL')
  }
}
