import type { ChaosReport } from './run-chaos.ts'

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0)
const line = (name: string, value: string | number) => `  ${name.padEnd(46)} ${value}`
const of = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')

/** How many of the broken sentences speak of what was lost, done twice, or left behind. */
export function countLosses(broken: readonly string[]) {
  const about = (words: RegExp) => broken.filter((sentence) => words.test(sentence)).length
  const lost = about(/^lost|has not ended|^doubled or lost/)
  const doubled = about(/^doubled:|^stale|two transactions at once/)
  const orphaned = about(/orphan|outside a job/)
  return { lost, doubled, orphaned, otherwise: broken.length - lost - doubled - orphaned }
}

/** A run in a page, for people. */
export function describeReport(report: ChaosReport): string {
  const { operations, faults, refusals, attempts, broken } = report
  const { lost, doubled, orphaned, otherwise } = countLosses(broken)
  const all = Object.values(operations).map(sum)
  return [
    `chaos, seed ${report.seed}: ${report.rounds} rounds in ${report.seconds} s`,
    `${all.reduce((a, b) => a + b, 0)} operations`,
    ...Object.entries(operations).map(([kind, states]) => line(kind, of(states))),
    line('attempts', `${attempts.all}, at most ${attempts.most} an operation`),
    line('requests refused', of(refusals) || 'none'),
    `${sum(faults)} faults`,
    ...Object.entries(faults)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => line(name, count)),
    `${lost} lost, ${doubled} doubled, ${orphaned} orphaned, ${otherwise} otherwise broken`,
    ...broken.map((sentence) => `  ${sentence}`),
    ...(report.logs ? ['what their operations did:', report.logs] : []),
    ...(broken.length ? [`again: pnpm test:chaos --seed ${report.seed}`] : []),
  ].join('\n')
}
