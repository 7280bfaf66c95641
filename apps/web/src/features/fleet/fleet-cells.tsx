import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useWidth } from '../../chart/use-width.ts'
import { tenantLook } from '../../ui/state-tones.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { FleetCanvas } from './fleet-canvas.tsx'
import type { Fleet } from './fleet-changes.ts'

type Cell = Fleet['clusters'][number]['cells'][number]

/** Cells of one group on a canvas: what is under the pointer is named, a press opens it, arrow keys move a ring. */
export function FleetCells(props: { cells: readonly Cell[]; pitch: number; label: string }) {
  const { cells, pitch } = props
  const { ref, width } = useWidth()
  const [at, setAt] = useState<number>()
  const navigate = useNavigate()
  const tones = useMemo(() => cells.map(([, , state]) => tenantLook[state].tone), [cells])
  const columns = Math.max(1, Math.floor(width / pitch))
  const cell = at === undefined ? undefined : cells[at]
  const open = (index: number) => {
    const slug = cells[index]?.[1]
    if (slug) void navigate({ to: '/tenants/$slug', params: { slug } })
  }
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  }
  const left = at === undefined ? 0 : (at % columns) * pitch
  const top = at === undefined ? 0 : Math.floor(at / columns) * pitch
  return (
    <div
      ref={ref}
      role="application"
      aria-label={`${props.label}. Arrow keys move, Enter opens.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the grid is moved through by arrow keys
      tabIndex={0}
      className="relative min-w-0"
      onBlur={() => setAt(undefined)}
      onKeyDown={(event) => {
        const step = steps[event.key]
        if (step !== undefined) {
          event.preventDefault()
          setAt((now) => Math.min(cells.length - 1, Math.max(0, (now ?? -step) + step)))
        } else if (event.key === 'Enter' && at !== undefined) open(at)
      }}
    >
      {width > 0 && (
        <FleetCanvas
          tones={tones}
          columns={columns}
          pitch={pitch}
          label={props.label}
          onHover={setAt}
          onPress={open}
        />
      )}
      {cell && (
        <>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute border border-ink"
            style={{ left: left - 1, top: top - 1, width: pitch + 1, height: pitch + 1 }}
          />
          <span
            role="status"
            className="pointer-events-none absolute z-10 flex items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 py-1 text-12 whitespace-nowrap shadow-overlay"
            style={{ left: Math.min(left, Math.max(0, width - 200)), top: top + pitch + 6 }}
          >
            <StatusIcon tone={tenantLook[cell[2]].tone} size={12} />
            <span className="mono font-medium">{cell[1]}</span>
            <span className="text-ink-3">{tenantLook[cell[2]].word}</span>
          </span>
        </>
      )}
    </div>
  )
}
