import { type MouseEvent, memo } from 'react'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import type { Column } from './column.ts'

interface TableRowProps<Row> {
  id: string
  row: Row
  columns: readonly Column<Row>[]
  useRow: ((row: Row) => Row) | undefined
  name: string
  index: number
  top: number
  height: number
  /** undefined: rows cannot be selected. */
  isSelected: boolean | undefined
  isCurrent: boolean
  isTabStop: boolean
  onToggle: (event: unknown) => void
  onFocus: (id: string) => void
  onPress: ((row: Row) => void) | undefined
}

const asIs = <Row,>(row: Row) => row

function Row<Row>(props: TableRowProps<Row>) {
  const { useRow = asIs } = props
  const row = useRow(props.row)
  const press = (event: MouseEvent) => {
    const isControl = (event.target as Element).closest('a, button, [role=checkbox]')
    if (!isControl && getSelection()?.isCollapsed !== false) props.onPress?.(row)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter and Space are the table's shortcuts
    <div
      role="row"
      data-row={props.id}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-rowindex={props.index + 2}
      aria-selected={props.isSelected}
      onFocus={() => props.onFocus(props.id)}
      onClick={press}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      className={classNames(
        'group absolute inset-x-0 top-0 grid grid-cols-(--columns) border-b border-line outline-none focus-visible:rounded-none focus-visible:-outline-offset-2 focus-visible:outline-focus',
        props.isSelected && (props.isCurrent ? 'bg-accent-tint-2' : 'bg-accent-tint'),
        !props.isSelected && (props.isCurrent ? 'bg-surface-3' : 'hover:bg-surface-2'),
        props.isCurrent && 'shadow-[inset_2px_0_var(--accent)]',
        props.onPress && 'cursor-default',
      )}
    >
      {props.isSelected !== undefined && (
        <div role="gridcell" className="flex items-center pl-5">
          <Checkbox
            label={`Select ${props.name}`}
            checked={props.isSelected}
            onChange={() => {}}
            onClick={props.onToggle}
            tabIndex={-1}
          />
        </div>
      )}
      {props.columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classNames(
            'flex min-w-0 items-center overflow-hidden px-2 whitespace-nowrap first:pl-5 last:pr-5',
            column.align === 'end' && 'num justify-end',
          )}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** One row; re-renders alone when its live facts change. */
export const TableRow = memo(Row) as typeof Row
