const whole = new Intl.NumberFormat('en-US')

/** 10,000 */
export function formatCount(value: number): string {
  return whole.format(value)
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A size in powers of 1000, as value and unit apart: the unit stands in ink-3. */
export function formatBytes(bytes: number): { value: string; unit: string } {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1
  return { value: size.toFixed(digits), unit: units[unit] ?? 'B' }
}
