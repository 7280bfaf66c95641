import { expect, test } from 'vitest'
import { trailOf } from './trail.ts'

const event = (at: string, kind: string, over = {}) =>
  ({ id: `ie_${at}`, at, kind, userName: null, text: '', ...over }) as never
const delivery = (at: string, over = {}) =>
  ({
    id: `no_${at}`,
    createdAt: at,
    channelName: '#db-alerts',
    channelKind: 'slack',
    userName: null,
    state: 'delivered',
    attempts: 1,
    status: 200,
    tookMs: 212,
    fault: null,
    ...over,
  }) as never

test('tells what happened and who was told as one story, in order', () => {
  const lines = trailOf({
    timeline: [event('10:56:20', 'fired'), event('11:01:00', 'noted', { text: 'replayed', userName: 'Ana' })],
    deliveries: [delivery('10:56:21'), delivery('11:02:00', { userName: 'Kofi' })],
  })
  expect(lines.map(({ text, note }) => [text, note])).toEqual([
    ['Fired', ''],
    ['#db-alerts', '200'],
    ['“replayed”', 'Ana'],
    ['#db-alerts to Kofi', '200'],
  ])
})

test('leaves out that somebody was told where the delivery itself says it', () => {
  const told = [event('1', 'fired'), event('2', 'notified', { text: 'Told #db-alerts.' })]
  expect(trailOf({ timeline: told, deliveries: [delivery('2')] }).map(({ kind }) => kind)).toEqual([
    'event',
    'delivery',
  ])
  expect(trailOf({ timeline: told, deliveries: [] }).map(({ text }) => text)).toEqual([
    'Fired',
    'Told #db-alerts.',
  ])
})

test.each([
  [{ state: 'failed', attempts: 5, fault: '429' }, 'not delivered, 5 tries: 429', true],
  [{ state: 'queued', fault: 'timed out', attempts: 2 }, 'tried again, 2 tries: timed out', true],
  [{ state: 'queued' }, 'on its way', false],
  [{ state: 'superseded' }, 'overtaken by a newer message', false],
])('says what became of a message: %o', (over, note, isBad) => {
  expect(trailOf({ timeline: [], deliveries: [delivery('1', over)] })[0]).toMatchObject({ note, isBad })
})
