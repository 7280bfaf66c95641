import { useEffect, useState } from 'react'
import { formatDuration, formatMoment, formatRelative, formatUtc, type MomentForm } from './time-format.ts'
import { useTimeZone } from './time-zone.ts'
import { Tooltip } from './tooltip.tsx'

type Moment = string | number | Date

/** Rises every `everyMs`, so that relative times and elapsed durations move. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (everyMs <= 0) return
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/**
 * A moment in the reader's zone; hover and focus give UTC, relative and ISO. `relative` shows "2 min ago" (only for what is
 * younger than a day, never alone: the moment is one hover away).
 */
export function TimeStamp(props: { at: Moment; form?: MomentForm | 'relative'; withZone?: boolean }) {
  const zone = useTimeZone()
  const at = new Date(props.at)
  const form = props.form ?? 'date-time'
  const now = useNow(form === 'relative' ? 15_000 : 0)
  const text = form === 'relative' ? formatRelative(at, now) : formatMoment(at, form, zone.name)
  return (
    <Tooltip
      content={
        <span className="num grid gap-0.5">
          <span>{formatUtc(at)}</span>
          <span className="text-ink-3">
            {formatRelative(at, Date.now())}, {formatMoment(at, 'date-time', zone.name)} {zone.short}
          </span>
        </span>
      }
    >
      <time dateTime={at.toISOString()}>
        {text}
        {props.withZone && form !== 'relative' && ` ${zone.short}`}
      </time>
    </Tooltip>
  )
}

/** A length of time, as 11.8 s or 4 min 06 s. */
export function Duration(props: { ms: number | null | undefined }) {
  if (props.ms === null || props.ms === undefined) return <span className="text-ink-3">–</span>
  return <data value={props.ms}>{formatDuration(props.ms)}</data>
}

/** The time since `from`, moving until `to` is known. */
export function Elapsed(props: { from: Moment; to?: Moment | null | undefined }) {
  const now = useNow(props.to ? 0 : 500)
  const end = props.to ? new Date(props.to).getTime() : now
  return <Duration ms={Math.max(0, end - new Date(props.from).getTime())} />
}
