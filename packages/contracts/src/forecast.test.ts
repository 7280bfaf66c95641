import { describe, expect, it } from 'vitest'
import { crossingOf, fitLine, type Line, predict } from './forecast.ts'

const day = 86_400_000
const lineOf = (values: readonly number[]): Line => {
  const line = fitLine(values.map((value, i) => ({ at: i * day, value })))
  if (!line) throw new Error('no line')
  return line
}

describe('a forecast', () => {
  it('goes on as a straight line does, without error where there was none', () => {
    const line = lineOf([10, 20, 30, 40, 50, 60, 70, 80])
    expect(line.slope * day).toBeCloseTo(10)
    expect(predict(line, 17 * day).value).toBeCloseTo(180)
    expect(predict(line, 17 * day).high).toBeCloseTo(180)
    const crossing = crossingOf(line, 180, 7 * day)
    expect(crossing?.at).toBeCloseTo(17 * day, -6)
    expect(crossing?.latest).toBeCloseTo(17 * day, -6)
  })

  // Reckoned by hand, with t of 8 degrees of freedom out of a table: 1.396815.
  it('has the prediction interval of the textbook', () => {
    const line = lineOf([1, 3, 2, 5, 4, 6, 8, 7, 9, 10])
    expect(line.meanValue).toBeCloseTo(5.5)
    expect(line.slope * day).toBeCloseTo(0.9636, 4)
    expect(line.error).toBeCloseTo(0.8581, 4)
    const { value, low, high } = predict(line, 12 * day)
    expect(value).toBeCloseTo(12.7273, 4)
    // 1.396815 × 0.8581 × sqrt(1 + 1/10 + 7.5²/82.5)
    expect(high - value).toBeCloseTo(1.6, 4)
    expect(value - low).toBeCloseTo(1.6, 4)
  })

  it('is given of eight points and more, at different times', () => {
    expect(fitLine([1, 2, 3, 4, 5, 6, 7].map((value) => ({ at: value, value })))).toBeUndefined()
    expect(fitLine(Array.from({ length: 9 }, () => ({ at: 5, value: 1 })))).toBeUndefined()
  })

  it('never reaches what it does not grow towards', () => {
    expect(crossingOf(lineOf([9, 9, 9, 9, 9, 9, 9, 9]), 10, 8 * day)).toBeUndefined()
    expect(crossingOf(lineOf([9, 8, 7, 6, 5, 4, 3, 2]), 10, 8 * day)).toBeUndefined()
  })

  it('says when it may never come although the line says so', () => {
    const crossing = crossingOf(lineOf([5, 9, 1, 8, 2, 9, 3, 8, 2, 9]), 100, 10 * day)
    expect(crossing?.latest).toBeNull()
  })

  it('contains what comes about as often as it says', () => {
    let state = 42
    // Evenly between -10 and 10, the same at every run (Park and Miller).
    const noise = () => {
      state = (state * 48_271) % 2_147_483_647
      return (state / 2_147_483_647) * 20 - 10
    }
    const rounds = 2000
    let inside = 0
    for (let round = 0; round < rounds; round++) {
      const points = Array.from({ length: 31 }, (_, i) => ({ at: i * day, value: 100 + 3 * i + noise() }))
      const last = points.pop()
      const line = fitLine(points)
      if (!line || !last) throw new Error('no line')
      const { low, high } = predict(line, last.at)
      if (last.value >= low && last.value <= high) inside++
    }
    // Of even noise a little fewer than of normal.
    expect(inside / rounds).toBeGreaterThan(0.74)
    expect(inside / rounds).toBeLessThan(0.84)
  })
})
