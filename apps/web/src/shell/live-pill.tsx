import { Pause, Play, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LiveStatus } from '../live/live-status.ts'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import { formatUtc } from '../ui/time-format.ts'
import { Tooltip } from '../ui/tooltip.tsx'

const dot = 'block size-[7px]'

interface PillLook {
  readonly mark: ReactNode
  readonly word: string
  readonly detail?: string
  /** What a press does. */
  readonly act: string
}

/** The time of day in UTC, as 12:03:11Z. */
const clockOf = (at: number) => formatUtc(new Date(at)).slice(11)

/** Shape changes with the state, not only colour. */
function lookOf(status: LiveStatus): PillLook {
  switch (status.kind) {
    case 'live':
      return {
        mark: (
          <span
            className={classNames(
              dot,
              'rounded-full bg-(--live-dot) ring-[2.5px] ring-[color-mix(in_oklab,var(--live-dot)_24%,transparent)]',
            )}
          />
        ),
        word: 'Live',
        act: 'Pause',
      }
    case 'delayed':
      return {
        mark: <span className={classNames(dot, 'tone-warn rounded-[1px] bg-tone')} />,
        word: `Delayed ${status.seconds} s`,
        act: 'Try again now',
      }
    case 'reconnecting':
      return {
        mark: <Icon of={RefreshCw} size={12} className="turning" />,
        word: status.attempt === 0 ? 'Connecting' : 'Reconnecting',
        ...(status.attempt === 0 ? {} : { detail: `try ${status.attempt}` }),
        act: 'Try again now',
      }
    case 'stale':
      return {
        mark: <span className={classNames(dot, 'tone-failed rounded-full border-2 border-tone')} />,
        word: 'Stale',
        detail: status.since === undefined ? 'never connected' : `as of ${clockOf(status.since)}`,
        act: 'Try again now',
      }
    case 'paused':
      return {
        mark: <Icon of={Pause} size={12} />,
        word: 'Paused',
        ...(status.waiting > 0 ? { detail: `${status.waiting} new` } : {}),
        act: 'Go on',
      }
  }
}

/** Always there, five states. A press pauses, goes on, or tries again. */
export function LivePill(props: { status: LiveStatus; detail?: ReactNode; onPress: () => void }) {
  const look = lookOf(props.status)
  return (
    <Tooltip
      content={
        <span className="num grid gap-0.5">
          <span className="flex items-center gap-1.5">
            <Icon of={look.act === 'Pause' ? Pause : look.act === 'Go on' ? Play : RefreshCw} size={12} />
            {look.act}
          </span>
          {props.detail && <span className="text-ink-3">{props.detail}</span>}
        </span>
      }
    >
      <button
        type="button"
        onClick={props.onPress}
        className="num inline-flex h-6 shrink-0 cursor-default items-center gap-1.5 rounded-full border border-line px-2 text-12 font-medium whitespace-nowrap hover:bg-surface-2"
      >
        {look.mark}
        {look.word}
        {look.detail && <span className="font-normal text-ink-3">{` ${look.detail}`}</span>}
        <span className="sr-only">. {look.act}</span>
      </button>
    </Tooltip>
  )
}
