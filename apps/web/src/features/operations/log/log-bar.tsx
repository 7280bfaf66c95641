import { ChevronDown, ChevronUp, Download, Search, WrapText } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { Segments } from '../../../ui/segments.tsx'
import { toastFailed } from '../../../ui/toast.tsx'
import { type LogLine, logText } from './log-rows.ts'

export type LogLevel = 'all' | 'info' | 'warn' | 'error'

/** Over the log: how much, which level, a search with its place among the matches, wrap and download. */
export function LogBar(props: {
  operationId: string
  lines: readonly LogLine[]
  lastLine: number
  level: LogLevel
  onLevel: (level: LogLevel) => void
  find: string
  onFind: (find: string) => void
  match: number
  matches: number
  onMatch: (by: number) => void
  wrap: boolean
  onWrap: () => void
  loadAll: () => Promise<readonly LogLine[]>
}) {
  const { lines } = props
  const [saving, setSaving] = useState(false)
  const counts = useMemo(() => {
    const of = (level: LogLine['level']) => lines.filter((line) => line.level === level).length
    return { warn: of('warn'), error: of('error') }
  }, [lines])

  const save = async () => {
    setSaving(true)
    try {
      saveText(`${props.operationId}.log`, logText(await props.loadAll()))
    } catch (error) {
      toastFailed('The log was not downloaded', error, save)
    } finally {
      setSaving(false)
    }
  }

  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-1.5 border-b border-line py-1 pr-3 pl-5">
      <h2 className="text-13 font-semibold">Log</h2>
      <span className="num mr-1.5 text-12 text-ink-3">
        {formatCount(props.lastLine)} {props.lastLine === 1 ? 'line' : 'lines'}
      </span>
      <Segments<LogLevel>
        label="Level"
        value={props.level}
        onChange={props.onLevel}
        options={[
          { value: 'all', label: 'All' },
          { value: 'info', label: 'Info' },
          { value: 'warn', label: counts.warn ? `Warn ${formatCount(counts.warn)}` : 'Warn' },
          { value: 'error', label: counts.error ? `Error ${formatCount(counts.error)}` : 'Error' },
        ]}
      />
      <div
        role="search"
        className="ml-auto flex h-6.5 w-60 items-center gap-1.5 rounded-md border border-line-control bg-surface pr-0.5 pl-2 focus-within:border-transparent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus max-md:ml-0 max-md:h-11 max-md:w-full"
      >
        <Icon of={Search} size={12} className="text-ink-3" />
        <input
          data-search=""
          aria-label="Find in the log"
          placeholder="Find"
          value={props.find}
          onChange={(event) => props.onFind(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onMatch(event.shiftKey ? -1 : 1)
            if (event.key === 'Escape') props.find ? props.onFind('') : event.currentTarget.blur()
          }}
          className="mono min-w-0 flex-1 bg-transparent outline-none placeholder:font-sans placeholder:text-ink-3 max-md:text-16"
          spellCheck={false}
          autoComplete="off"
        />
        {props.find && (
          <>
            <span className="num text-12 whitespace-nowrap text-ink-3" role="status">
              {props.match} of {formatCount(props.matches)}
            </span>
            <IconButton
              size="sm"
              className="size-5.5!"
              icon={ChevronUp}
              label="Previous match"
              onClick={() => props.onMatch(-1)}
            />
            <IconButton
              size="sm"
              className="size-5.5!"
              icon={ChevronDown}
              label="Next match"
              onClick={() => props.onMatch(1)}
            />
          </>
        )}
      </div>
      <IconButton
        size="sm"
        bordered
        icon={WrapText}
        label={props.wrap ? 'Do not wrap lines' : 'Wrap lines'}
        aria-pressed={props.wrap}
        onClick={props.onWrap}
      />
      <IconButton
        size="sm"
        bordered
        icon={Download}
        label="Download the whole log"
        disabledReason={saving ? 'It is on its way.' : undefined}
        onClick={save}
      />
    </div>
  )
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
