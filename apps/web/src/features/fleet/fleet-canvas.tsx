import { type PointerEvent, useEffect, useRef } from 'react'
import { useTheme } from '../../shell/theme.ts'
import type { Tone } from '../../ui/tone.ts'
import { drawCell, readPalette } from './draw-cells.ts'

/**
 * Cells of a fixed pitch on one canvas, row by row; only those that changed are drawn again. A picture for the accessibility
 * tree: `label` says what it shows, and a table twin stands elsewhere.
 */
export function FleetCanvas(props: {
  tones: readonly Tone[]
  columns: number
  pitch: number
  label: string
  onHover?: ((index: number | undefined) => void) | undefined
  onPress?: ((index: number) => void) | undefined
}) {
  const { tones, columns, pitch } = props
  const theme = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<{ stamp: string; tones: readonly Tone[] }>({ stamp: '', tones: [] })
  const width = columns * pitch
  const height = Math.ceil(tones.length / columns) * pitch

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const ratio = devicePixelRatio || 1
    const stamp = [columns, pitch, theme, ratio, tones.length].join('/')
    const isFresh = stamp !== drawn.current.stamp
    if (isFresh) {
      element.width = width * ratio
      element.height = height * ratio
      context.scale(ratio, ratio)
    }
    const palette = readPalette()
    tones.forEach((tone, i) => {
      if (!isFresh && drawn.current.tones[i] === tone) return
      drawCell(context, (i % columns) * pitch, Math.floor(i / columns) * pitch, pitch, tone, palette)
    })
    drawn.current = { stamp, tones }
  }, [tones, columns, pitch, theme, width, height])

  const indexAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    const column = Math.floor((event.clientX - box.left) / pitch)
    const index = Math.floor((event.clientY - box.top) / pitch) * columns + column
    return column < columns && index < tones.length ? index : undefined
  }
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={props.label}
      style={{ width, height }}
      className="block"
      onPointerMove={(event) => props.onHover?.(indexAt(event))}
      onPointerLeave={() => props.onHover?.(undefined)}
      onPointerDown={(event) => {
        const index = indexAt(event)
        if (index !== undefined) props.onPress?.(index)
      }}
    />
  )
}
