import type { StateMachine } from './state-machine.ts'

export const alertStates = ['pending', 'firing', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]

/** One rule that holds for one subject. */
export const alertMachine: StateMachine<AlertState> = {
  noun: 'alert',
  states: {
    pending: 'The rule holds, not yet as long as it must.',
    firing: 'The rule holds.',
    resolved: 'The rule no longer holds, or its subject or the rule itself is gone.',
  },
  initial: 'pending',
  alsoInitial: ['firing'],
  final: ['resolved'],
  transitions: [
    { from: 'pending', to: 'firing', cause: 'it has held for long enough' },
    { from: 'pending', to: 'resolved', cause: 'it holds no more' },
    { from: 'firing', to: 'resolved', cause: 'it has been clear for long enough' },
  ],
}

export const incidentStates = ['firing', 'acknowledged', 'resolved'] as const
export type IncidentState = (typeof incidentStates)[number]

/** What a person is told of: alerts of one cause, together. */
export const incidentMachine: StateMachine<IncidentState> = {
  noun: 'incident',
  states: {
    firing: 'At least one of its alerts fires, and nobody has taken it.',
    acknowledged: 'Somebody has taken it; nobody else is called meanwhile.',
    resolved: 'None of its alerts fires any more.',
  },
  initial: 'firing',
  final: [],
  transitions: [
    { from: 'firing', to: 'acknowledged', cause: 'somebody takes it' },
    { from: 'acknowledged', to: 'firing', cause: 'the time of whoever took it is over, or it is given back' },
    { from: 'firing', to: 'resolved', cause: 'its last alert is resolved' },
    { from: 'acknowledged', to: 'resolved', cause: 'its last alert is resolved' },
    { from: 'resolved', to: 'firing', cause: 'it fires again soon after: the same trouble, not another one' },
  ],
}

/** What stands in an incident’s timeline. */
export const incidentEventKinds = [
  'fired',
  'joined',
  'left',
  'acknowledged',
  'released',
  'silenced',
  'unsilenced',
  'escalated',
  'notified',
  'undelivered',
  'noted',
  'resolved',
] as const
export type IncidentEventKind = (typeof incidentEventKinds)[number]

/** An acknowledgement ends by itself after so long, unless it is renewed or another time is chosen. */
export const acknowledgeSeconds = { default: 3600, most: 86_400 } as const
