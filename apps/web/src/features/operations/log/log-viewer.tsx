import { useLocation } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { useOperationLog } from '../use-operation-log.ts'
import { LogBar, type LogLevel } from './log-bar.tsx'
import { LogRow } from './log-row.tsx'
import { findMatches, type LogItem, layOutLog } from './log-rows.ts'

const lineHeight = 20

/** The line that the address points at: `#L120`. */
function useLinkedLine(): number | undefined {
  const hash = useLocation({ select: (location) => location.hash })
  const found = /^L(\d+)$/.exec(hash)?.[1]
  return found ? Number(found) : undefined
}

const holdsLine = (item: LogItem, line: number) =>
  item.kind === 'line'
    ? item.line.line === line
    : item.kind === 'fold'
      ? item.lines.some((one) => one.line === line)
      : item.from <= line && line <= item.to

/**
 * The log: virtual, searched and filtered here, its older part fetched on demand. It follows its end while that is in view;
 * one who reads further up is left alone, and a button says how many lines came since.
 */
export function LogViewer(props: {
  operationId: string
  isLive: boolean
  level: LogLevel
  find: string
  onLevel: (level: LogLevel) => void
  onFind: (find: string) => void
}) {
  const { operationId, level, find } = props
  const { query, lines, lastLine, isLoading, loadBefore, loadAll } = useOperationLog(operationId)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [wrap, setWrap] = useState(false)
  const [following, setFollowing] = useState(props.isLive)
  const [seen, setSeen] = useState(0)
  const [match, setMatch] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const linked = useLinkedLine()

  const items = useMemo(() => layOutLog(lines, { level, find, opened }), [lines, level, find, opened])
  const matches = useMemo(() => findMatches(items, find), [items, find])
  const currentMatch = matches.length ? matches[Math.min(match, matches.length - 1)] : undefined
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
    getItemKey: (i) => {
      const item = items[i]
      if (!item) return i
      return item.kind === 'line'
        ? item.line.line
        : `${item.kind} ${item.kind === 'gap' ? item.to : item.lines[0]?.line}`
    },
  })
  // Heights change with the wrapping alone.
  useEffect(() => virtualizer.measure(), [wrap, virtualizer])

  // Where to begin: at the linked line, at the end while it is written, at the first error, else at the top.
  const placed = useRef<string>(undefined)
  useEffect(() => {
    const wanted = `${operationId}#${linked ?? ''}`
    if (items.length === 0 || placed.current === wanted) return
    placed.current = wanted
    const at =
      linked !== undefined
        ? items.findIndex((item) => holdsLine(item, linked))
        : props.isLive
          ? -1
          : items.findIndex((item) => item.kind === 'line' && item.line.level === 'error')
    if (at < 0) return
    setFollowing(false)
    virtualizer.scrollToIndex(at, { align: 'center' })
  }, [items, linked, operationId, props.isLive, virtualizer])

  useEffect(() => {
    if (!following || items.length === 0) return
    setSeen(lastLine)
    virtualizer.scrollToIndex(items.length - 1, { align: 'end' })
  }, [following, items.length, lastLine, virtualizer])

  const goToMatch = (index: number) => {
    const next = (index + matches.length) % Math.max(1, matches.length)
    setMatch(next)
    const row = matches[next]
    if (row === undefined) return
    setFollowing(false)
    virtualizer.scrollToIndex(row, { align: 'center' })
  }

  const onScroll = () => {
    const box = scroller.current
    if (!box) return
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < lineHeight
    if (atEnd) setSeen(lastLine)
    setFollowing(props.isLive && atEnd)
  }
  const unread = lastLine - seen

  return (
    <section aria-label="Log" className="relative flex min-h-0 min-w-0 flex-1 flex-col max-lg:min-h-100">
      <LogBar
        operationId={operationId}
        lines={lines}
        lastLine={lastLine}
        level={level}
        onLevel={props.onLevel}
        find={find}
        onFind={(words) => {
          setMatch(0)
          props.onFind(words)
        }}
        match={matches.length ? Math.min(match, matches.length - 1) + 1 : 0}
        matches={matches.length}
        onMatch={(by) => goToMatch(match + by)}
        wrap={wrap}
        onWrap={() => setWrap(!wrap)}
        loadAll={loadAll}
      />
      {query.error && lines.length === 0 ? (
        <ErrorPanel title="The log did not load" error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <div
          ref={scroller}
          role="log"
          aria-live="off"
          aria-label="Log lines"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key
          tabIndex={0}
          onScroll={onScroll}
          className="mono min-h-0 flex-1 overflow-auto py-1 leading-5 outline-offset-[-2px]"
        >
          {query.data && items.length === 0 && (
            <p className="gutter py-1 font-sans text-12 text-ink-3">
              {lines.length === 0
                ? props.isLive
                  ? 'Nothing is written yet; lines appear as the steps run.'
                  : 'Nothing was written.'
                : 'No line of this level.'}
            </p>
          )}
          <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((slot) => {
              const item = items[slot.index]
              return (
                item && (
                  <div
                    key={slot.key}
                    ref={wrap ? virtualizer.measureElement : undefined}
                    data-index={slot.index}
                    className="absolute inset-x-0 top-0"
                    style={{ transform: `translateY(${slot.start}px)` }}
                  >
                    <LogRow
                      item={item}
                      find={find}
                      isCurrent={slot.index === currentMatch}
                      isLinked={linked !== undefined && item.kind === 'line' && item.line.line === linked}
                      wrap={wrap}
                      isLoading={isLoading}
                      onOpen={(line) => setOpened(new Set(opened).add(line))}
                      onLoad={loadBefore}
                    />
                  </div>
                )
              )
            })}
          </div>
        </div>
      )}
      {props.isLive && !following && unread > 0 && (
        <button
          type="button"
          onClick={() => setFollowing(true)}
          className="absolute right-4 bottom-3 inline-flex h-6.5 cursor-default items-center gap-1.5 rounded-full bg-ink pr-3 pl-2.5 text-12 font-medium text-surface"
        >
          <Icon of={ArrowDown} size={12} bold />
          {formatCount(unread)} new {unread === 1 ? 'line' : 'lines'}
        </button>
      )}
    </section>
  )
}
