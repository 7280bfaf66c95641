import { describe, expect, it } from 'vitest'
import { type QuotaLevel, quotaLevels } from './quota.ts'
import { levelOf, type Standing } from './quota-level.ts'

const now = new Date('2026-03-01T12:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const stood = (level: QuotaLevel, since = now): Standing => ({ level, since })
const level = (used: number, previous?: QuotaLevel, grace = 0) =>
  levelOf(used, 100, grace, previous && stood(previous), now).level

describe('the level of a tenant', () => {
  it('rises at 80, 95 and 100 % of the limit', () => {
    expect([79, 80, 94, 95, 99, 100].map((used) => level(used))).toEqual([
      'ok',
      'warned',
      'warned',
      'critical',
      'critical',
      'blocked',
    ])
  })

  it('is released at 95 %, and falls back below 90 and at 75 %', () => {
    expect([96, 95, 91, 90, 76, 75].map((used) => level(used, 'blocked'))).toEqual([
      'blocked',
      'critical',
      'critical',
      'warned',
      'warned',
      'ok',
    ])
    expect(level(91, 'critical')).toBe('critical')
    expect(level(91, 'warned')).toBe('warned')
    expect(level(76, 'ok')).toBe('ok')
  })

  it('is exceeded while the time of grace runs, and blocked when it is over', () => {
    expect(levelOf(120, 100, 3600, stood('critical'), now)).toEqual({
      level: 'exceeded',
      graceUntil: later(3600),
    })
    const exceeded = stood('exceeded')
    expect(levelOf(120, 100, 3600, exceeded, later(3599)).level).toBe('exceeded')
    expect(levelOf(120, 100, 3600, exceeded, later(3600))).toEqual({ level: 'blocked', graceUntil: null })
  })

  it('keeps the end of its grace when it dips below the limit, and a shorter grace counts from its beginning', () => {
    const exceeded = stood('exceeded')
    expect(levelOf(97, 100, 3600, exceeded, later(60)).graceUntil).toEqual(later(3600))
    expect(levelOf(120, 100, 30, exceeded, later(60)).level).toBe('blocked')
  })

  it('stays blocked at a limit of nothing', () => {
    expect(levelOf(0, 0, 0, undefined, now).level).toBe('blocked')
    expect(levelOf(0, 0, 0, stood('blocked'), now).level).toBe('blocked')
  })

  it('never flaps: told the same figure twice, it does not change', () => {
    for (const before of Object.keys(quotaLevels) as QuotaLevel[]) {
      for (const grace of [0, 60]) {
        for (let used = 0; used <= 220; used++) {
          const first = levelOf(used, 200, grace, stood(before), now)
          expect(levelOf(used, 200, grace, stood(first.level), now)).toEqual(first)
        }
      }
    }
  })
})
