import { useEffect, useRef } from 'react'
import { useTheme } from '../../shell/theme.ts'
import { seeded } from '../../ui/seeded.ts'

const pitch = 20
const block = 12

/** The mark drawn as a fleet: the bar and the stem of a T in cells, its foot in the accent. Decoration. */
export function FleetMark() {
  const theme = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const draw = () => {
      const { width, height } = element.getBoundingClientRect()
      const ratio = devicePixelRatio || 1
      element.width = width * ratio
      element.height = height * ratio
      context.scale(ratio, ratio)
      drawMark(context, Math.ceil(width / pitch), Math.ceil(height / pitch))
    }
    const observer = new ResizeObserver(draw)
    observer.observe(element)
    return () => observer.disconnect()
  }, [theme])

  return (
    <div aria-hidden="true" className="absolute inset-0">
      <canvas ref={canvas} className="size-full" />
    </div>
  )
}

function drawMark(context: CanvasRenderingContext2D, columns: number, rows: number): void {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  const [ground, body, foot] = [read('--border-strong'), read('--ink-3'), read('--accent')]
  const random = seeded(4)
  const left = Math.max(1, Math.floor((columns - 3 * block + 1) / 2))
  const top = Math.max(1, Math.floor((rows - 3 * block + 1) / 2))
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const u = Math.floor((x - left) / block)
      const v = Math.floor((y - top) / block)
      const inBlock =
        u >= 0 &&
        u < 3 &&
        v >= 0 &&
        v < 3 &&
        x - left - u * block < block - 1 &&
        y - top - v * block < block - 1
      const isBody = inBlock && (v === 0 || u === 1)
      const isFoot = inBlock && u === 1 && v === 2
      const side = isBody ? 8 : inBlock ? 4 : 2
      const luck = isBody ? random() : 0
      context.globalAlpha = isFoot ? 0.5 + luck * 0.5 : isBody ? 0.35 + luck * 0.45 : inBlock ? 0.9 : 0.75
      context.fillStyle = isFoot ? foot : isBody ? body : ground
      context.fillRect(x * pitch + (pitch - side) / 2, y * pitch + (pitch - side) / 2, side, side)
    }
  }
}
