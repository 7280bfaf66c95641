import { isFinal } from '@tenantry/contracts'
import { useMemo } from 'react'
import type { stepViews } from '../../../routes/operation.ts'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { useNow } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import type { Operation } from '../use-operation.ts'
import { layOutTimeline, type Segment, type Timeline } from './lay-out-timeline.ts'
import { StepCost } from './step-cost.tsx'
import { bars, TimelineLine, timelineGrid } from './timeline-line.tsx'

const share = (value: number, span: number) => `${(value / span) * 100}%`

/** A tick as `0 s`, `250 ms`, `2.5 s`, `2 min`: all of an axis in one unit. */
function tickLabel(value: number, span: number): string {
  if (value === 0) return span < 2000 ? '0 ms' : '0 s'
  if (span < 2000) return `${value} ms`
  if (span < 180_000) return `${value / 1000} s`
  return `${Number((value / 60_000).toFixed(1))} min`
}

const keys: readonly { kind: Segment['kind']; word: string }[] = [
  { kind: 'queued', word: 'queued' },
  { kind: 'done', word: 'done' },
  { kind: 'running', word: 'running' },
  { kind: 'backoff', word: 'backoff' },
  { kind: 'failed', word: 'failed' },
  { kind: 'undone', word: 'taken back' },
]

function Legend(props: { timeline: Timeline; operations: number }) {
  const seen = new Set(props.timeline.rows.flatMap(({ segments }) => segments.map(({ kind }) => kind)))
  return (
    <ul className="flex gap-3.5 text-12 text-ink-2 max-lg:hidden">
      {keys
        .filter(({ kind }) => seen.has(kind))
        .map(({ kind, word }) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span className={`block h-2 w-4.5 ${bars[kind]}`} />
            {word}
          </li>
        ))}
      {props.operations > 0 && (
        <li className="flex items-center gap-1.5">
          <span className="block h-0.5 w-4.5 bg-ink-3" />
          p50 of {props.operations}
        </li>
      )}
    </ul>
  )
}

function Axis(props: { timeline: Timeline; isOver: boolean }) {
  const { rows, span, ticks, now } = props.timeline
  return (
    <div role="table" aria-label="Steps on an axis of time" className="relative">
      <div
        role="row"
        className={`${timelineGrid} h-5.5 border-y border-line bg-surface-2 text-12 leading-5 text-ink-3`}
      >
        <span role="columnheader" className="pl-5">
          Step
        </span>
        <span role="columnheader" aria-label="Time axis" className="num relative h-full max-md:hidden">
          {ticks.map((tick, i) => (
            <span
              key={tick}
              className={i === 0 ? 'absolute' : 'absolute -translate-x-1/2 whitespace-nowrap'}
              style={{ left: share(tick, span) }}
            >
              {tickLabel(tick, span)}
            </span>
          ))}
        </span>
        <span role="columnheader" className="flex justify-end pr-5">
          Time <span className="inline-block w-14 text-right">p50</span>
        </span>
      </div>
      {rows.map((row) => (
        <TimelineLine key={row.key} row={row} span={span} ticks={ticks} isOver={props.isOver} />
      ))}
      {now !== undefined && (
        <div
          className={`${timelineGrid} pointer-events-none absolute inset-x-0 top-5.5 bottom-0 max-md:hidden`}
          aria-hidden="true"
        >
          <span className="relative col-start-2 h-full">
            <span className="absolute inset-y-0 w-px bg-ink opacity-55" style={{ left: share(now, span) }} />
          </span>
        </div>
      )}
    </div>
  )
}

type StepView = (typeof stepViews)[number]
const views = [
  { value: 'time', label: 'Time' },
  { value: 'cost', label: 'Cost' },
] as const

/** Every step on one axis of time: what waited, ran, was tried again, failed and was taken back; or what each has cost. */
export function StepTimeline(props: {
  operation: Operation
  skewMs: number
  view: StepView
  onView: (view: StepView) => void
}) {
  const { operation } = props
  const over = isFinal(operation.state)
  const { view } = props
  const now = useNow(over ? 0 : 200) - props.skewMs
  const timeline = useMemo(() => layOutTimeline(operation, over ? 0 : now), [operation, over, now])
  const meta = [
    timeline.retries > 0 && `${timeline.retries} retried, ${formatDuration(timeline.backoffMs)} in backoff`,
    timeline.queuedMs !== undefined && `${formatDuration(timeline.queuedMs)} in the queue, drawn shorter`,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <section aria-label="Steps" className="shrink-0">
      <SectionHeader title="Steps" meta={view === 'time' ? meta : 'over all attempts, forward and back'}>
        {view === 'time' && <Legend timeline={timeline} operations={operation.typical.operations} />}
        <Segments label="What is shown of the steps" value={view} onChange={props.onView} options={views} />
      </SectionHeader>
      {view === 'cost' ? <StepCost operation={operation} /> : <Axis timeline={timeline} isOver={over} />}
    </section>
  )
}
