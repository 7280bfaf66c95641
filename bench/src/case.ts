/** One question about speed, answered by a ratio measured in one run on one machine. */
export interface Case {
  readonly name: string
  /** What it is compared with. */
  readonly peer: string
  /** The ratio ours / peer must stay below this. */
  readonly limit: number
  /** What ours is to take at most, in milliseconds, where a goal is set; shown, and no limit on a machine that is shared. */
  readonly goal?: { readonly p50: number; readonly p99: number }
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
  /** 99 in 100 of ours took no longer. */
  readonly oursP99Ms: number
  readonly goal?: { readonly p50: number; readonly p99: number }
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
    oursP99Ms: round(ours.toSorted((a, b) => a - b)[Math.ceil(ours.length * 0.99) - 1] ?? Number.NaN),
    ...(which.goal ? { goal: which.goal } : {}),
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
