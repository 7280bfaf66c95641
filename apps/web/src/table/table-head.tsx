import { ArrowDown, ArrowUp } from 'lucide-react'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { Icon } from '../ui/icon.tsx'
import type { Column, Sort } from './column.ts'

const cell = 'flex h-7 min-w-0 items-center px-2 first:pl-5 last:pr-5'

/** The heads, 28 px, sticky; the sorted one in ink with its arrow. */
export function TableHead<Row>(props: {
  columns: readonly Column<Row>[]
  sort: Sort | undefined
  onSort: ((id: string) => void) | undefined
  selection: { all: boolean; some: boolean; toggle: () => void } | undefined
}) {
  const { sort, selection } = props
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        className="grid grid-cols-(--columns) border-b border-line bg-surface-2 text-12 font-medium text-ink-3"
      >
        {selection && (
          <div role="columnheader" className={cell}>
            <Checkbox
              label="Select every loaded row"
              checked={selection.all}
              mixed={!selection.all && selection.some}
              onChange={selection.toggle}
            />
          </div>
        )}
        {props.columns.map((column) => {
          const isSorted = sort?.id === column.id
          const arrow = isSorted && <Icon of={sort.desc ? ArrowDown : ArrowUp} size={12} />
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={
                column.sortable ? (isSorted ? (sort.desc ? 'descending' : 'ascending') : 'none') : undefined
              }
              className={classNames(cell, column.align === 'end' && 'justify-end', isSorted && 'text-ink')}
            >
              {column.sortable && props.onSort ? (
                <button
                  type="button"
                  onClick={() => props.onSort?.(column.id)}
                  className="inline-flex h-full cursor-default items-center gap-0.5 truncate hover:text-ink"
                >
                  {column.header}
                  {arrow}
                </button>
              ) : (
                <span className="truncate">{column.header}</span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
