/** A state machine as data: from it come the predicates, the reasons shown on disabled buttons, the SQL seed and the diagram. */
export interface Transition<State extends string> {
  readonly from: State
  readonly to: State
  /** What causes the arrow, as drawn in ARCHITECTURE.md. */
  readonly cause: string
}

export interface StateMachine<State extends string> {
  readonly noun: string
  /** Every state with one sentence that explains it. */
  readonly states: Readonly<Record<State, string>>
  /** The states in which nothing more happens by itself. */
  readonly final: readonly State[]
  readonly initial: State
  /** Other states in which one may begin its life. */
  readonly alsoInitial?: readonly State[]
  readonly transitions: readonly Transition<State>[]
}

/** Whether the machine has an arrow `from` → `to`. */
export function mayMove<State extends string>(machine: StateMachine<State>, from: State, to: State): boolean {
  return machine.transitions.some((arrow) => arrow.from === from && arrow.to === to)
}

/** The states in which something may begin its life. */
export function startsOf<State extends string>(machine: StateMachine<State>): readonly State[] {
  return [machine.initial, ...(machine.alsoInitial ?? [])]
}

/** The machine as a Mermaid state diagram; ARCHITECTURE.md holds this text and a test compares them. */
export function drawStateMachine<State extends string>(machine: StateMachine<State>): string {
  const arrows = machine.transitions.map((arrow) => `    ${arrow.from} --> ${arrow.to}: ${arrow.cause}`)
  const ends = machine.final.map((state) => `    ${state} --> [*]`)
  const starts = startsOf(machine).map((state) => `    [*] --> ${state}`)
  return ['stateDiagram-v2', ...starts, ...arrows, ...ends].join('\n')
}
