import { describe, expect, it } from 'vitest'
import type { ScheduleLayer } from './on-call.ts'
import {
  gapsBetween,
  midnightsOfWeek,
  nextHandOver,
  type Rota,
  shiftsBetween,
  toMoment,
  toWallClock,
  whoIsOnCall,
} from './rota.ts'

const layer = (over: Partial<ScheduleLayer> = {}): ScheduleLayer => ({
  name: 'Week',
  users: ['ana', 'ben'],
  startsAt: '2026-01-05T09:00',
  turn: { every: 1, unit: 'week' },
  ...over,
})
const rome = (...layers: ScheduleLayer[]): Rota => ({ timeZone: 'Europe/Rome', layers })
const at = (text: string) => new Date(text)
const said = (rota: Rota, from: string, to: string) =>
  shiftsBetween(rota, [], at(from), at(to)).map(
    ({ userId, from, to }) => `${userId} ${from.toISOString().slice(0, 16)} ${to.toISOString().slice(0, 16)}`,
  )

describe('a rota', () => {
  it('hands over in turn, at the wall-clock time of its zone', () => {
    expect(said(rome(layer()), '2026-01-05T00:00Z', '2026-01-20T00:00Z')).toEqual([
      'ana 2026-01-05T08:00 2026-01-12T08:00',
      'ben 2026-01-12T08:00 2026-01-19T08:00',
      'ana 2026-01-19T08:00 2026-01-20T00:00',
    ])
  })

  it('has nobody on call before it begins', () => {
    expect(whoIsOnCall(rome(layer()), [], at('2026-01-05T07:59Z'))).toBeUndefined()
    expect(whoIsOnCall(rome(layer()), [], at('2026-01-05T08:00Z'))?.userId).toBe('ana')
  })

  it.each([
    ['Europe/Rome', '2026-03-29', 23, '2026-03-28T08:00', '2026-03-29T07:00'],
    ['Europe/Rome', '2026-10-25', 25, '2026-10-24T07:00', '2026-10-25T08:00'],
    ['America/New_York', '2026-03-08', 23, '2026-03-07T14:00', '2026-03-08T13:00'],
    ['America/New_York', '2026-11-01', 25, '2026-10-31T13:00', '2026-11-01T14:00'],
  ])(
    'keeps its hour in %s when the clock changes on %s: that turn has %i hours',
    (timeZone, _, hours, from, to) => {
      const daily = { timeZone, layers: [layer({ turn: { every: 1, unit: 'day' } })] }
      const shift = shiftsBetween(daily, [], at(`${from}Z`), at(`${to}Z`))
      expect(shift).toHaveLength(1)
      expect((at(`${to}Z`).getTime() - at(`${from}Z`).getTime()) / 3_600_000).toBe(hours)
      expect(whoIsOnCall(daily, [], at(`${to}Z`))?.userId).not.toBe(shift[0]?.userId)
      expect(gapsBetween(daily, [], at(`${from}Z`), at(`${to}Z`))).toEqual([])
    },
  )

  it('leaves no gap and no overlap over a year of hourly turns and two clock changes', () => {
    const hourly = rome(layer({ turn: { every: 1, unit: 'hour' }, users: ['ana', 'ben', 'eva'] }))
    for (const month of ['2026-03-20T00:00Z', '2026-10-15T00:00Z']) {
      const to = new Date(at(month).getTime() + 20 * 86_400_000)
      const shifts = shiftsBetween(hourly, [], at(month), to)
      expect(gapsBetween(hourly, [], at(month), to)).toEqual([])
      for (const [i, shift] of shifts.slice(1).entries()) expect(shift.from).toEqual(shifts[i]?.to)
    }
  })

  it('covers a layer by a later one only while that has somebody', () => {
    const nights = layer({
      name: 'Nights',
      users: ['eva'],
      hours: { weekdays: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' },
    })
    expect(said(rome(layer(), nights), '2026-01-06T12:00Z', '2026-01-07T12:00Z')).toEqual([
      'ana 2026-01-06T12:00 2026-01-06T21:00',
      'eva 2026-01-06T21:00 2026-01-07T05:00',
      'ana 2026-01-07T05:00 2026-01-07T12:00',
    ])
  })

  it('covers every layer by an override, of two the one made later', () => {
    const over = (userId: string, from: string, to: string) => ({
      userId,
      startsAt: at(from),
      endsAt: at(to),
    })
    const overrides = [
      over('eva', '2026-01-06T10:00Z', '2026-01-06T14:00Z'),
      over('kim', '2026-01-06T12:00Z', '2026-01-06T16:00Z'),
    ]
    const shifts = shiftsBetween(rome(layer()), overrides, at('2026-01-06T09:00Z'), at('2026-01-06T17:00Z'))
    expect(shifts.map(({ userId, layer }) => [userId, layer])).toEqual([
      ['ana', 'Week'],
      ['eva', null],
      ['kim', null],
      ['ana', 'Week'],
    ])
    expect(shifts[2]?.from).toEqual(at('2026-01-06T12:00Z'))
  })

  it('shows the gaps of office hours, weekends included', () => {
    const office = rome(layer({ hours: { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }))
    const gaps = gapsBetween(office, [], at('2026-01-09T08:00Z'), at('2026-01-12T16:00Z'))
    expect(gaps).toEqual([{ from: at('2026-01-09T16:00Z'), to: at('2026-01-12T08:00Z') }])
  })

  it('says who takes over next, when nobody does, and nothing when nothing changes', () => {
    expect(nextHandOver(rome(layer()), [], at('2026-01-06T00:00Z'))).toEqual({
      at: at('2026-01-12T08:00Z'),
      userId: 'ben',
    })
    const office = rome(
      layer({ users: ['ana'], hours: { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } }),
    )
    expect(nextHandOver(office, [], at('2026-01-06T10:00Z'))).toEqual({
      at: at('2026-01-06T16:00Z'),
      userId: null,
    })
    expect(nextHandOver(office, [], at('2026-01-06T20:00Z'))).toEqual({
      at: at('2026-01-07T08:00Z'),
      userId: 'ana',
    })
    expect(nextHandOver(rome(layer({ users: ['ana'] })), [], at('2026-01-06T00:00Z'))).toBeUndefined()
  })

  it('merges what one person does in a row', () => {
    expect(
      said(rome(layer({ users: ['ana', 'ana'] })), '2026-01-06T00:00Z', '2026-02-06T00:00Z'),
    ).toHaveLength(1)
  })

  it('has weeks from Monday to Monday, of 167 or 169 hours when the clock changes', () => {
    const hours = (text: string) => {
      const midnights = midnightsOfWeek(at(text), 'Europe/Rome')
      return ((midnights[7]?.getTime() ?? 0) - (midnights[0]?.getTime() ?? 0)) / 3_600_000
    }
    expect(['2026-03-26T12:00Z', '2026-10-22T12:00Z', '2026-06-14T21:59Z'].map(hours)).toEqual([
      167, 169, 168,
    ])
    expect(midnightsOfWeek(at('2026-06-14T22:00Z'), 'Europe/Rome')[0]).toEqual(at('2026-06-14T22:00Z'))
    expect(midnightsOfWeek(at('2026-06-14T12:00Z'), 'Europe/Rome', 1)[0]).toEqual(at('2026-06-14T22:00Z'))
  })

  it('reads and writes wall-clock times', () => {
    expect(toMoment('2026-06-14T09:00', 'America/New_York')).toEqual(at('2026-06-14T13:00Z'))
    expect(toWallClock(at('2026-06-14T13:00Z'), 'America/New_York')).toBe('2026-06-14T09:00')
  })
})
