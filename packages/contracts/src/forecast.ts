/** One measurement: ms since 1970, and its value. */
export interface Point {
  readonly at: number
  readonly value: number
}

/**
 * The straight line through measurements by least squares, with what its prediction interval takes: Montgomery, Peck and
 * Vining, Introduction to Linear Regression Analysis, 2.5. It supposes errors that know nothing of each other, and
 * growth that goes on as it was; of a schema that grows by leaps the interval is too narrow.
 */
export interface Line {
  readonly points: number
  readonly meanAt: number
  readonly meanValue: number
  /** Per millisecond. */
  readonly slope: number
  /** Sum of squared distances of the times from their mean. */
  readonly sxx: number
  /** Standard error of the residuals. */
  readonly error: number
}

/** Fewer tell nothing of their error. */
export const leastPoints = 8
/** How often what comes is within the interval. */
export const confidence = 0.8

const day = 86_400_000

/** @returns undefined when there are too few points, or all are of one moment */
export function fitLine(points: readonly Point[]): Line | undefined {
  const n = points.length
  if (n < leastPoints) return undefined
  const meanAt = points.reduce((sum, { at }) => sum + at, 0) / n
  const meanValue = points.reduce((sum, { value }) => sum + value, 0) / n
  const sxx = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0)
  if (sxx === 0) return undefined
  const slope = points.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - meanValue), 0) / sxx
  const squares = points.reduce(
    (sum, { at, value }) => sum + (value - meanValue - slope * (at - meanAt)) ** 2,
    0,
  )
  return { points: n, meanAt, meanValue, slope, sxx, error: Math.sqrt(squares / (n - 2)) }
}

/** What a line says of a moment: the value, and between what it will be with the confidence above. */
export function predict(line: Line, at: number): { value: number; low: number; high: number } {
  const value = line.meanValue + line.slope * (at - line.meanAt)
  const margin =
    quantile(line.points - 2) *
    line.error *
    Math.sqrt(1 + 1 / line.points + (at - line.meanAt) ** 2 / line.sxx)
  return { value, low: value - margin, high: value + margin }
}

/** When a line reaches a limit from below, and between when with the confidence above. ms since 1970. */
export interface Crossing {
  readonly at: number
  readonly earliest: number
  /** Null: it may never. */
  readonly latest: number | null
}

/** @returns undefined when it does not within ten years after `from` */
export function crossingOf(line: Line, limit: number, from: number): Crossing | undefined {
  const horizon = from + 3650 * day
  const first = (reaches: (at: number) => boolean) => {
    if (reaches(from)) return from
    if (!reaches(horizon)) return undefined
    let [before, after] = [from, horizon]
    while (after - before > 60_000) {
      const middle = (before + after) / 2
      if (reaches(middle)) after = middle
      else before = middle
    }
    return after
  }
  const at = first((moment) => predict(line, moment).value >= limit)
  if (at === undefined) return undefined
  return {
    at,
    earliest: first((moment) => predict(line, moment).high >= limit) ?? from,
    latest: first((moment) => predict(line, moment).low >= limit) ?? null,
  }
}

/** The 0.9 quantile of Student's t, by the Cornish-Fisher expansion: Abramowitz and Stegun, 26.7.5. */
function quantile(freedom: number): number {
  const z = 1.2815515655446004
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ]
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z)
}
