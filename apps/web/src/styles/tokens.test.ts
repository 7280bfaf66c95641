import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, deltaE, linearRgb, seenBy, type Vision, visions } from './colour-vision.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The #RRGGBB tokens of the first block with this selector. */
function tokensOf(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`)
  const block = css.slice(from, css.indexOf('\n}', from))
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9A-F]{6})/gi)].map((m) => [m[1], m[2]]))
}

const light = tokensOf(':root')
const themes = { light, dark: { ...light, ...tokensOf('[data-theme="dark"]') } }
const statuses = ['ok', 'running', 'queued', 'warn', 'failed', 'drift', 'off']
const pairs = statuses.flatMap((a, i) => statuses.slice(i + 1).map((b) => [a, b] as const))

test('CIEDE2000 agrees with the published reference pair of blue hues', () => {
  // Two linear sRGB colours whose difference was computed by an independent implementation.
  expect(deltaE(linearRgb('#0000FF'), linearRgb('#0000FF'))).toBe(0)
  expect(deltaE(linearRgb('#FF0000'), linearRgb('#00FF00'))).toBeCloseTo(86.61, 1)
  expect(deltaE(linearRgb('#000000'), linearRgb('#FFFFFF'))).toBeCloseTo(100, 1)
})

describe.each(Object.entries(themes))('the %s palette', (_name, tokens) => {
  const token = (name: string) => {
    const value = tokens[name]
    if (!value) throw new Error(`tokens.css has no colour --${name}`)
    return value
  }

  test.each(statuses)('shows %s at least 3:1 on the surface', (status) => {
    expect(contrast(token(status), token('surface'))).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.keys(visions) as Vision[])(
    'keeps every two statuses ΔE 20 apart in %s vision',
    (vision) => {
      const close = pairs
        .map(([a, b]) => ({
          pair: `${a}/${b}`,
          distance: deltaE(seenBy(vision, linearRgb(token(a))), seenBy(vision, linearRgb(token(b)))),
        }))
        .filter(({ distance }) => distance < 20)
      expect(close).toEqual([])
    },
  )

  test.each(['ink', 'ink-2', 'ink-3', 'accent-ink'])('reads %s at 4.5:1 on every surface', (ink) => {
    for (const surface of ['bg', 'surface', 'surface-2', 'accent-tint']) {
      expect(contrast(token(ink), token(surface)), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test.each(['border-control', 'focus', 'prod'])('shows %s at least 3:1 on the surface', (name) => {
    expect(contrast(token(name), token('surface'))).toBeGreaterThanOrEqual(3)
  })

  test('reads the words on filled buttons at 4.5:1', () => {
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('on-danger'), token('danger'))).toBeGreaterThanOrEqual(4.5)
  })
})
