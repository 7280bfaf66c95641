import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { formatCount } from '../ui/number-format.ts'

/** Docked under the table, so that it hides no focused row. "Select all matching" selects the filter, not ids. */
export function SelectionBar(props: {
  count: number
  /** All that match the filter; offers to select them. */
  total?: number
  onSelectAll?: () => void
  onClear: () => void
  children?: ReactNode
}) {
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      className="gutter flex h-12 shrink-0 items-center gap-1.5 border-t border-line-strong bg-surface whitespace-nowrap"
    >
      <span className="num font-semibold">{formatCount(props.count)} selected</span>
      {props.onSelectAll && props.total !== undefined && props.total > props.count && (
        <button type="button" className="link ml-1 cursor-default text-12" onClick={props.onSelectAll}>
          Select all {formatCount(props.total)} matching
        </button>
      )}
      <span className="flex-1" />
      {props.children}
      <IconButton size="sm" icon={X} label="Clear the selection" onClick={props.onClear} />
    </div>
  )
}
