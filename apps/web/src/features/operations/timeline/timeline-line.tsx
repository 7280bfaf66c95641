import { classNames } from '../../../ui/class-names.ts'
import { stepLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import type { Segment, TimelineRow } from './lay-out-timeline.ts'

/** Name, lane, time and p50; on a phone the lane goes. */
export const timelineGrid =
  'grid grid-cols-[292px_minmax(0,1fr)_132px] items-center max-md:grid-cols-[minmax(0,1fr)_auto]'

/** How each kind of segment is drawn; the legend uses the same. */
export const bars: Record<Segment['kind'], string> = {
  queued: 'rounded-[2px] border border-dashed border-[var(--queued)]',
  done: 'tone-ok rounded-[2px] bg-tone',
  running: 'tone-running rounded-l-[2px] bg-tone border-r-2 border-ink',
  failed: 'tone-failed rounded-[2px] bg-tone',
  undone: 'tone-off rounded-[2px] bg-tone opacity-60',
  backoff: 'h-0! border-t-2 border-dotted border-[var(--queued)]',
}

/** One line of the timeline: a step of 27 px, an attempt or an undo of 23. */
export function TimelineLine(props: {
  row: TimelineRow
  span: number
  ticks: readonly number[]
  isOver: boolean
}) {
  const { row, span } = props
  const percent = (value: number) => `${(value / span) * 100}%`
  const isStep = row.kind === 'step'
  const failed = row.state === 'failed' && row.isCurrent
  const quiet = row.state === 'pending' || row.state === 'skipped'
  const end = Math.max(0, ...row.segments.map(({ to }) => to))
  // A note that has no room at the right stands left of its bar.
  const isLate = end / span > 0.62
  const start = Math.min(...row.segments.map(({ from }) => from))
  const look = stepLook[row.state]
  return (
    <div
      role="row"
      className={classNames(
        timelineGrid,
        isStep ? 'h-6.75 max-md:h-9' : 'h-5.75 max-md:h-8',
        failed && 'tone-failed bg-[color-mix(in_oklab,var(--tone)_7%,var(--surface))]',
        row.isCurrent && !failed && 'bg-surface-3',
      )}
    >
      <span
        role="rowheader"
        className={classNames(
          'flex min-w-0 items-center gap-2',
          isStep ? 'pl-5' : 'pl-16.5 text-12 text-ink-3',
        )}
      >
        {isStep && <span className="num w-3.5 shrink-0 text-right text-12 text-ink-3">{row.number}</span>}
        <StatusIcon tone={look.tone} size={isStep ? 14 : 12} />
        <span className="sr-only">{look.word}:</span>
        <span
          className={classNames('truncate', quiet && 'text-ink-3', row.isCurrent && 'font-semibold text-ink')}
        >
          {row.title}
        </span>
      </span>
      <span role="cell" className="relative h-full max-md:hidden">
        {props.ticks.map((tick) => (
          <span
            key={tick}
            className="absolute inset-y-0 w-px bg-[var(--grid-line)]"
            style={{ left: percent(tick) }}
          />
        ))}
        {row.segments.map((segment) => (
          <span
            key={`${segment.kind} ${segment.from}`}
            className={classNames(
              'absolute top-1/2 min-w-0.5 -translate-y-1/2',
              segment.kind === 'backoff' ? 'h-0' : isStep ? 'h-3' : 'h-2',
              bars[segment.kind],
            )}
            style={{ left: percent(segment.from), width: percent(segment.to - segment.from) }}
          />
        ))}
        {row.typical && (
          <span
            className="absolute bottom-0.5 h-0.5 min-w-0.5 bg-ink-3"
            style={{
              left: percent(row.typical.from),
              width: percent(Math.min(row.typical.ms, span - row.typical.from)),
            }}
          />
        )}
        {row.note && (
          <span
            className="absolute inset-y-0 flex max-w-3/5 items-center truncate text-12 text-ink-2"
            style={
              isLate
                ? { right: `calc(${percent(span - start)} + 6px)` }
                : { left: `calc(${percent(end)} + 6px)` }
            }
          >
            <span className="truncate">{row.note}</span>
          </span>
        )}
        {row.state === 'skipped' && (
          <span className="absolute inset-y-0 right-2 flex items-center text-12 text-ink-3">not reached</span>
        )}
      </span>
      <span role="cell" className="num flex items-center justify-end pr-5 whitespace-nowrap">
        <span className={classNames(row.isCurrent && 'font-semibold', row.ms === undefined && 'text-ink-3')}>
          {row.ms === undefined ? '–' : formatDuration(row.ms)}
        </span>
        <span className="inline-block w-14 text-right text-12 text-ink-3">
          {row.typicalMs === undefined ? '' : formatDuration(row.typicalMs)}
        </span>
      </span>
    </div>
  )
}
