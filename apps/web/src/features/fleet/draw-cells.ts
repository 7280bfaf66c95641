import type { Tone } from '../../ui/tone.ts'

export type Palette = Readonly<Record<Tone | 'surface', string>>

const tones: readonly Tone[] = ['ok', 'running', 'queued', 'warn', 'failed', 'drift', 'off']

/** The status colours of the theme that is on. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return Object.fromEntries([...tones, 'surface' as const].map((tone) => [tone, read(tone)])) as Palette
}

/**
 * One cell at x/y. Size and colour both say it: healthy is small, exceptions fill the cell, queued is hollow, failed gets a
 * cross from a pitch of 12 px up.
 */
export function drawCell(
  canvas: CanvasRenderingContext2D,
  x: number,
  y: number,
  pitch: number,
  tone: Tone,
  palette: Palette,
): void {
  const small = Math.round(pitch * 0.6)
  const big = pitch >= 10 ? pitch - 2 : pitch - 1
  const healthy = pitch === 6 ? 3 : pitch === 8 ? 5 : Math.round(pitch / 2)
  canvas.clearRect(x, y, pitch, pitch)
  canvas.fillStyle = palette[tone]
  if (tone === 'ok') {
    const inset = Math.floor((big - healthy) / 2)
    canvas.fillRect(x + inset, y + inset, healthy, healthy)
    return
  }
  if (tone === 'queued') {
    const side = pitch >= 10 ? small : big
    const inset = Math.floor((big - side) / 2)
    canvas.fillRect(x + inset, y + inset, side, side)
    canvas.clearRect(x + inset + 1, y + inset + 1, side - 2, side - 2)
    return
  }
  canvas.fillRect(x, y, big, big)
  if (tone === 'failed' && pitch >= 10) {
    canvas.strokeStyle = palette.surface
    canvas.lineWidth = 1.25
    canvas.beginPath()
    canvas.moveTo(x + 3, y + 3)
    canvas.lineTo(x + big - 3, y + big - 3)
    canvas.moveTo(x + big - 3, y + 3)
    canvas.lineTo(x + 3, y + big - 3)
    canvas.stroke()
  }
}
