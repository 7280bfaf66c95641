import { describe, expect, it } from 'vitest'
import { faultOfLimit, readLimits, writeLimits } from './limit-draft.ts'

describe('typed limits', () => {
  it('come back as they were written', () => {
    const limits = [
      { resource: 'storage_bytes' as const, limit: 2_500_000_000, graceSeconds: 5400 },
      { resource: 'statement_seconds' as const, limit: 30, graceSeconds: 0 },
    ]
    const draft = writeLimits(limits)
    expect(draft.storage_bytes).toEqual({ text: '2.5', unit: 'GB', grace: '1.5' })
    expect(readLimits(draft)?.filter(({ limit }) => limit !== null)).toEqual(limits)
    expect(readLimits(draft)).toHaveLength(5)
  })

  it('are none while one of them is no number', () => {
    const draft = writeLimits([])
    expect(readLimits({ ...draft, relations: { text: 'many', unit: 'count', grace: '' } })).toBeUndefined()
    expect(faultOfLimit({ text: '1', unit: 'GB', grace: '-1' })).toContain('grace')
    expect(faultOfLimit({ text: '', unit: 'GB', grace: '' })).toBeUndefined()
  })
})
