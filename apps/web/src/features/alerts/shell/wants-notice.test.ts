import { expect, test } from 'vitest'
import { wantsNotice } from './wants-notice.ts'

const fires = { state: 'firing', severity: 'critical', firing: 3, silenced: 0 } as const

test('tells of what fires and nobody has', () => {
  expect(wantsNotice(fires)).toBe(true)
  expect(wantsNotice({ ...fires, silenced: 2 })).toBe(true)
})

test.each([
  ['taken', { state: 'acknowledged' }],
  ['over', { state: 'resolved', firing: 0 }],
  ['silenced', { silenced: 3 }],
  ['not worth a sound', { severity: 'info' }],
] as const)('is still about what is %s', (_, over) => {
  expect(wantsNotice({ ...fires, ...over })).toBe(false)
})
