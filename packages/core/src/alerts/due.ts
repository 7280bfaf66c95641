import type { AlertCondition } from '@tenantry/contracts'
import type { Moment, RuleRow } from './engine.ts'

/** When each rule is looked at next, as this process remembers it: whoever takes over looks at all of them at once. */
export interface Due {
  is(rule: RuleRow, moment: Moment): boolean
  looked(rule: RuleRow, moment: Moment, tookMs: number): void
  /** The rules that were looked at since this was asked last, every few seconds; empty meanwhile. */
  toSay(moment: Moment): string[]
}

const second = 1000
const between = (least: number, value: number, most: number) => Math.min(Math.max(value, least), most)

/** How often a condition can say something new, ms. */
function everyMs(condition: AlertCondition): number {
  switch (condition.kind) {
    case 'threshold':
      return 2 * second
    case 'absence':
      return 5 * second
    case 'forecast':
      return between(60, condition.windowSeconds / 60, 600) * second
    default:
      return between(5, condition.windowSeconds / 60, 600) * second
  }
}

/** A rule that is slow to measure is measured less often: all of them together leave most of the database to others. */
const restPerWork = 20
const sayEveryMs = 10 * second

export function createDue(): Due {
  const known = new Map<string, { version: number; at: number; restMs: number }>()
  const looked = new Set<string>()
  let saidAt = 0
  return {
    is(rule, { ms }) {
      const last = known.get(rule.id)
      // The distance, not the difference: a clock that was set back must not end the watch.
      return !last || last.version !== rule.rowVersion || Math.abs(ms - last.at) >= last.restMs
    },
    looked(rule, { ms }, tookMs) {
      const restMs = rule.enabled ? Math.max(everyMs(rule.condition) - second / 2, tookMs * restPerWork) : 0
      known.set(rule.id, { version: rule.rowVersion, at: ms, restMs })
      looked.add(rule.id)
    },
    toSay({ ms }) {
      if (Math.abs(ms - saidAt) < sayEveryMs) return []
      saidAt = ms
      const ids = [...looked]
      looked.clear()
      return ids
    },
  }
}
