import { expect, test } from 'vitest'
import { drawFavicon } from './draw-favicon.ts'

const drawn = (address: string) => decodeURIComponent(address.replace('data:image/svg+xml,', ''))

test('is the plain mark where nothing fires', () => {
  expect(drawFavicon(0, undefined)).toBe('/favicon.svg')
})

test('bears the number in the colour of the worst, at most one digit and a plus', () => {
  expect(drawn(drawFavicon(3, 'critical'))).toMatch(/fill="#c4281b".*>3<\/text>/)
  expect(drawn(drawFavicon(3, 'warning'))).toMatch(/fill="#a15c00"/)
  expect(drawn(drawFavicon(12, 'info'))).toContain('>9+</text>')
})
