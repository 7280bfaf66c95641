import { describe, expect, test } from 'vitest'
import { crossingText, growthText, metricText } from './usage-words.ts'

const day = 86_400_000
const at = Date.UTC(2026, 11, 14)

describe('the words of usage', () => {
  test('an amount is in the unit of its metric, a counter a second', () => {
    expect(metricText('tenant_bytes', 4_200_000_000)).toBe('4.2 GB')
    expect(metricText('tenant_temp_bytes', 1500)).toBe('1.5 kB/s')
    expect(metricText('tenant_cache_hit_ratio', 0.9876)).toBe('98.8 %')
    expect(metricText('tenant_rows_written', 0.25)).toBe('0.25/s')
    expect(metricText('tenant_oldest_transaction_seconds', 90)).toBe('1 min 30 s')
  })

  test('a day that is forecast comes with its error', () => {
    const text = (before: number, after: number | null) =>
      crossingText(
        { at, earliest: at - before * day, latest: after === null ? null : at + after * day },
        'UTC',
      )
    expect(text(3, 3)).toBe('14 Dec 2026 ± 3 d')
    expect(text(0, 0)).toBe('14 Dec 2026')
    expect(text(60, 120)).toBe('between 15 Oct 2026 and 13 Apr 2027')
    expect(text(10, null)).toBe('about 14 Dec 2026, or never')
  })

  test('growth has its sign', () => {
    expect(growthText(4_100_000 / day)).toBe('+4.1 MB a day')
    expect(growthText(-2000 / day)).toBe('−2.0 kB a day')
    expect(growthText(0)).toBe('does not grow')
  })
})
