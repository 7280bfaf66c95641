/** The bands of an operation's priority. Smaller runs first, so a lane goes before all those behind it. */
export const lanes = ['urgent', 'interactive', 'background', 'bulk'] as const
export type Lane = (typeof lanes)[number]

/** Each lane's first priority, and what is in it. */
export const laneBands = {
  urgent: { from: 0, holds: 'Closing and opening tenants, credentials, and whatever was moved to the front' },
  interactive: { from: 10, holds: 'What a person clicked on and waits for' },
  background: { from: 30, holds: 'Clean-up and the warm pool' },
  bulk: { from: 50, holds: 'Children of bulk operations' },
} as const satisfies Record<Lane, { from: number; holds: string }>

/** The priority of what was moved to the front. */
export const frontPriority = 0

export function laneOf(priority: number): Lane {
  return lanes.findLast((lane) => laneBands[lane].from <= priority) ?? 'urgent'
}

/** The priorities of a lane: from this one on, and below that one (null: no end). */
export function bandOf(lane: Lane): { from: number; below: number | null } {
  const next = lanes[lanes.indexOf(lane) + 1]
  return { from: laneBands[lane].from, below: next ? laneBands[next].from : null }
}
