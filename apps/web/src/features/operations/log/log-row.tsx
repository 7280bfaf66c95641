import { useNavigate } from '@tanstack/react-router'
import { classNames } from '../../../ui/class-names.ts'
import { formatDuration } from '../../../ui/time-format.ts'
import { useTimeZone } from '../../../ui/time-zone.ts'
import { type LogItem, type LogLine, splitMatches } from './log-rows.ts'

const grid =
  'grid grid-cols-[52px_96px_64px_50px_minmax(0,1fr)] pr-3 max-md:grid-cols-[40px_46px_minmax(0,1fr)]'
const marks: Partial<Record<LogLine['level'], string>> = {
  warn: 'tone-warn bg-tone-tint shadow-[inset_2px_0_var(--tone)]',
  error: 'tone-failed bg-tone-tint shadow-[inset_2px_0_var(--tone)]',
}
const clocks = new Map<string, Intl.DateTimeFormat>()

/** 11:05:12.711 */
function clock(at: string, zone: string): string {
  const format =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    })
  clocks.set(zone, format)
  return format.format(new Date(at))
}

function Message(props: { line: LogLine; find: string; isCurrent: boolean }) {
  const parts = splitMatches(props.line.message, props.find)
  if (parts.length === 1) return props.line.message
  return parts.map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <mark
        key={i}
        className={classNames(
          'tone-warn rounded-[2px] text-inherit',
          props.isCurrent
            ? 'bg-tone text-[#14181d]'
            : 'bg-[color-mix(in_oklab,var(--tone)_38%,var(--surface))]',
        )}
      >
        {part}
      </mark>
    ),
  )
}

/** One row of the log: a line, a fold that says what it hides, or lines that are not here yet. */
export function LogRow(props: {
  item: LogItem
  find: string
  isCurrent: boolean
  isLinked: boolean
  wrap: boolean
  isLoading: boolean
  onOpen: (line: number) => void
  onLoad: (before: number) => void
}) {
  const { item } = props
  const zone = useTimeZone()
  const navigate = useNavigate()
  if (item.kind === 'gap') {
    const count = item.to - item.from + 1
    return (
      <div className={grid}>
        <span className="col-start-5 max-md:col-start-3">
          <button
            type="button"
            disabled={props.isLoading}
            onClick={() => props.onLoad(item.to + 1)}
            className="link cursor-default text-left"
          >
            {count} earlier {count === 1 ? 'line is' : 'lines are'} not loaded — load
          </button>
        </span>
      </div>
    )
  }
  if (item.kind === 'fold') {
    const [first] = item.lines
    return (
      <div className={grid}>
        <button
          type="button"
          onClick={() => first && props.onOpen(first.line - 1)}
          className="col-start-5 cursor-default truncate text-left text-ink-3 hover:text-ink max-md:col-start-3"
        >
          {item.lines.length} lines folded, alike but for their numbers — show
        </button>
      </div>
    )
  }
  const { line, deltaMs } = item
  // On a tint the quietest ink would be too pale to read.
  const quiet = marks[line.level] ? 'text-ink-2' : 'text-ink-3'
  return (
    <div
      data-linked={props.isLinked || undefined}
      className={classNames(
        grid,
        'whitespace-nowrap',
        marks[line.level],
        props.isLinked && 'bg-accent-tint shadow-[inset_2px_0_var(--accent)]',
      )}
    >
      <a
        href={`#L${line.line}`}
        aria-label={`Link to line ${line.line}`}
        onClick={(event) => {
          event.preventDefault()
          void navigate({ to: '.', search: true, hash: `L${line.line}`, replace: true, resetScroll: false })
        }}
        className={classNames('pr-3 text-right hover:text-ink hover:underline', quiet)}
      >
        {line.line}
      </a>
      <time dateTime={line.at} className={classNames('max-md:hidden', quiet)}>
        {clock(line.at, zone.name)}
      </time>
      <span className={classNames('pr-3 text-right max-md:hidden', quiet)}>
        {deltaMs === undefined ? '' : `+${formatDuration(Math.max(0, deltaMs))}`}
      </span>
      <span className={marks[line.level] ? 'font-semibold' : 'text-ink-3'}>{line.level}</span>
      <span
        className={props.wrap ? 'break-words whitespace-pre-wrap' : 'truncate'}
        title={props.wrap ? undefined : line.message}
      >
        <Message line={line} find={props.find} isCurrent={props.isCurrent} />
      </span>
    </div>
  )
}
