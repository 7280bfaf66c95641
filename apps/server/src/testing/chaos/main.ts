import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { describeReport } from './describe-report.ts'
import { runChaos } from './run-chaos.ts'
import { sabotageNames } from './sabotages.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    operations: { type: 'string', default: '500' },
    faults: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '4' },
    clients: { type: 'string', default: '6' },
    without: { type: 'string' },
  },
})
if (values.without !== undefined && !sabotageNames.includes(values.without)) {
  throw new Error(`--without takes one of: ${sabotageNames.join(', ')}`)
}
// Servers and workers are processes of their own: Ctrl-C must not leave them behind.
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
const report = await runChaos({
  seed: values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed),
  operations: Number(values.operations),
  faults: Number(values.faults),
  rounds: Number(values.rounds),
  workers: Number(values.workers),
  clients: Number(values.clients),
  slowFaults: true,
  without: values.without,
  signal: stopping.signal,
  say: console.log,
})
console.log(describeReport(report))
process.exitCode = report.broken.length ? 1 : 0
