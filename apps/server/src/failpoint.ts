/**
 * Where this process ends itself without a word, for crash tests: `name` at its first passing, `name:3` at its third.
 * Undefined in any other run.
 */
export function openFailpoint(setting: string | undefined): ((name: string) => void) | undefined {
  if (!setting) return undefined
  const [wanted, nth = '1'] = setting.split(':')
  let left = Number(nth)
  return (name) => {
    if (name === wanted && --left === 0) process.kill(process.pid, 'SIGKILL')
  }
}
