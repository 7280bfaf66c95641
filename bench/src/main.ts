import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runCase } from './case.ts'
import { refreshUsage, sweepUsage } from './cases/collect-usage.ts'
import { provisionAlone } from './cases/provision-alone.ts'
import { provisionInBulk } from './cases/provision-in-bulk.ts'
import { signUpDuringRefill, signUpFromPool, signUpsAtOnce } from './cases/sign-up.ts'

const cases = [
  provisionAlone,
  signUpFromPool,
  signUpDuringRefill,
  signUpsAtOnce,
  provisionInBulk,
  refreshUsage,
  sweepUsage,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '15' },
    tenants: { type: 'string', default: '1000' },
    json: { type: 'string' },
  },
})
const chosen = positionals.length
  ? cases.filter((c) => positionals.some((part) => c.name.includes(part)))
  : cases
if (!chosen.length) throw new Error(`No case is called so. There are: ${cases.map((c) => c.name).join(', ')}`)
const results = []
const options = { pairs: Number(values.pairs), tenants: Number(values.tenants) }
for (const which of chosen) results.push(await runCase(which, options))
console.table(
  results.map(({ name, peer, oursMs, oursP99Ms, goal, peerMs, ratio, limit, met }) => ({
    case: name,
    peer,
    'ours ms': oursMs,
    'ours p99': oursP99Ms,
    goal: goal ? `p50 ${goal.p50}, p99 ${goal.p99}` : '',
    'peer ms': peerMs,
    ratio,
    limit,
    met,
  })),
)
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
process.exitCode = results.every((result) => result.met) ? 0 : 1
