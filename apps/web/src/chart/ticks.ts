/** Round steps for an axis from 0: at most `count` of them, the last at or over `max`. */
export function countTicks(max: number, count = 4): number[] {
  if (max <= 0) return [0, 1]
  const raw = max / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10) * power
  const ticks = Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) => i * step)
  return ticks.map((tick) => Number(tick.toPrecision(12)))
}

/** 1–3–10 steps that hold `min` and `max`, for durations. Both over 0. */
export function logTicks(min: number, max: number): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
    ticks.push(10 ** power, 3 * 10 ** power)
  }
  const from = ticks.findLastIndex((tick) => tick <= min)
  const to = ticks.findIndex((tick) => tick >= max)
  const kept = ticks.slice(Math.max(0, from), (to === -1 ? ticks.length - 1 : to) + 1)
  return (kept.length > 1 ? kept : ticks.slice(Math.max(0, from), from + 2)).map((tick) =>
    Number(tick.toPrecision(6)),
  )
}

const minute = 60_000
const day = 1440
const steps = [
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  180,
  360,
  720,
  ...[1, 2, 7, 14, 30, 91, 182, 365].map((days) => days * day),
].map((minutes) => minutes * minute)

/** Round moments between two, at most `count` of them. Milliseconds. */
export function timeTicks(from: number, to: number, count = 5): number[] {
  const step = steps.find((size) => (to - from) / size <= count) ?? 365 * day * minute
  const first = Math.ceil(from / step) * step
  const ticks: number[] = []
  for (let at = first; at <= to; at += step) ticks.push(at)
  return ticks
}
