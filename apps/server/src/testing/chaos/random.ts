/** A stream of chances that its seed determines. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T | undefined
  /** One of a table, by the weight of its lines. */
  draw<T extends { readonly weight: number }>(table: readonly T[]): T
  /** A stream of its own: what one part of a run draws leaves the others as they are. */
  fork(name: string): Random
}

/** mulberry32: small, even enough, and the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const random: Random = {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    draw(table) {
      let left = next() * table.reduce((sum, { weight }) => sum + weight, 0)
      const found = table.find(({ weight }) => {
        left -= weight
        return left < 0
      })
      const drawn = found ?? table.at(-1)
      if (!drawn) throw new Error('an empty table')
      return drawn
    },
    fork: (name) =>
      createRandom([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed)),
  }
  return random
}
