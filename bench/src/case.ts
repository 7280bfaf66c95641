/** One question about speed, answered by a ratio measured in one run on one machine. */
export interface Case {
  readonly name: string
  /** What it is compared with. */
  readonly peer: string
  /** The ratio ours / peer must stay below this. */
  readonly limit: number
  measure(options: {
    pairs: number
    tenants: number
  }): Promise<{ readonly ours: number[]; readonly peer: number[] }>
}

export interface Result {
  readonly name: string
  readonly peer: string
  readonly limit: number
  /** Medians in milliseconds. */
  readonly oursMs: number
  readonly peerMs: number
  /** Median of the ratios pair by pair: what holds when the machine's speed drifts. */
  readonly ratio: number
  readonly met: boolean
}

export async function runCase(which: Case, options: { pairs: number; tenants: number }): Promise<Result> {
  const { ours, peer } = await which.measure(options)
  const ratio = median(ours.map((ms, i) => ms / (peer[i] ?? Number.NaN)))
  return {
    name: which.name,
    peer: which.peer,
    limit: which.limit,
    oursMs: round(median(ours)),
    peerMs: round(median(peer)),
    ratio: round(ratio, 2),
    met: ratio < which.limit,
  }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits
