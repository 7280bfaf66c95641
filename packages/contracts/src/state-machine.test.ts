import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  alertMachine,
  bulkMachine,
  clusterMachine,
  drawStateMachine,
  incidentMachine,
  mayMove,
  operationMachine,
  spareMachine,
  startsOf,
  tenantMachine,
} from './index.ts'

const architecture = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8')

describe.each([
  tenantMachine,
  operationMachine,
  spareMachine,
  bulkMachine,
  clusterMachine,
  incidentMachine,
  alertMachine,
])('the state machine of a $noun', (machine) => {
  const states = Object.keys(machine.states)

  it('is drawn in ARCHITECTURE.md as it is', () => {
    expect(architecture).toContain(drawStateMachine<string>(machine))
  })

  it('reaches every state from its first, and leaves no final one', () => {
    const reached = new Set<string>(startsOf<string>(machine))
    for (const from of reached) {
      for (const to of states) if (mayMove<string>(machine, from, to)) reached.add(to)
    }
    expect([...reached].toSorted()).toEqual(states.toSorted())
    const left = machine.transitions.map((arrow) => arrow.from)
    expect(left.filter((state) => (machine.final as readonly string[]).includes(state))).toEqual([])
  })
})
