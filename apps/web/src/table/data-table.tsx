import {
  createColumnHelper,
  metaHelper,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useShortcuts } from '../keyboard/shortcuts.ts'
import { useMediaQuery } from '../ui/use-media-query.ts'
import type { Column, Sort } from './column.ts'
import { PendingStrip } from './pending-strip.tsx'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { useRowCursor } from './use-row-cursor.ts'

export interface DataTableProps<Row> {
  /** As in "Tenants". */
  label: string
  columns: readonly Column<Row>[]
  /** In the order of the server; never sorted here. */
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** What a row is called, for its checkbox: a slug. */
  rowName: (row: Row) => string
  /** A hook that lays live facts over a row: `useLiveRow`. Must stay the same function. */
  useRow?: (row: Row) => Row
  sort?: Sort
  onSort?: (id: string) => void
  selection?: { selected: RowSelectionState; onChange: (selected: RowSelectionState) => void }
  /** Enter, and a press on the row where there is no peek. */
  onOpen?: (row: Row) => void
  /** Space, and a press on the row. */
  onPeek?: (row: Row) => void
  /** All rows that match, loaded or not. */
  total?: number
  hasMore?: boolean
  loadMore?: () => void
  /** Rows that came since: gathered behind a strip, never put over what is being read. */
  pending?: { count: number; onShow: () => void; noun?: string }
  /** In the place of rows when there are none. */
  empty?: ReactNode
}

interface Meta {
  column: Column<never>
}

const features = tableFeatures({ rowSelectionFeature, rowSortingFeature, columnMeta: metaHelper<Meta>() })
const noSelection: RowSelectionState = {}
const rowHeight = 32
const phoneRowHeight = 48

/**
 * The one table: fixed rows of 32 px, virtual, keyset-paged by `loadMore`, with j/k, x, Space and Enter. It fills its
 * parent, which must be a flex column with a height.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rowId, selection, sort, pending, onOpen, onPeek } = props
  const isPhone = useMediaQuery('(max-width: 767px)')
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () => (isPhone ? props.columns.filter(({ phone }) => phone) : props.columns),
    [isPhone, props.columns],
  )
  const columns = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return shown.map((column) =>
      helper.display({
        id: column.id,
        header: column.header,
        enableSorting: column.sortable ?? false,
        meta: { column: column as unknown as Column<never> },
      }),
    )
  }, [shown])
  const data = props.rows as Row[]
  const table = useTable({
    features,
    columns,
    data,
    getRowId: rowId,
    manualSorting: true,
    enableRowSelection: selection !== undefined,
    state: {
      rowSelection: selection?.selected ?? noSelection,
      sorting: sort ? [{ id: sort.id, desc: sort.desc }] : [],
    },
    onRowSelectionChange: (updater) =>
      selection?.onChange(typeof updater === 'function' ? updater(selection.selected) : updater),
  })
  const rows = table.getRowModel().rows
  const height = isPhone ? phoneRowHeight : rowHeight
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: 28,
  })
  useEffect(() => virtualizer.measure(), [height, virtualizer])

  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { hasMore, loadMore } = props
  useEffect(() => {
    if (hasMore && last >= rows.length - 20) loadMore?.()
  }, [hasMore, last, loadMore, rows.length])

  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const cursor = useRowCursor(ids)
  const focusRow = (id: string | undefined) => {
    if (id === undefined) return
    virtualizer.scrollToIndex(ids.indexOf(id))
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus(),
    )
  }
  const currentRow = () => (cursor.index === -1 ? undefined : rows[cursor.index])
  const withCurrent = (act: ((row: Row) => void) | undefined) => () => {
    const row = currentRow()
    if (row) act?.(row.original)
  }
  useShortcuts([
    { keys: 'j', label: 'Next row', group: 'List', run: () => focusRow(cursor.move(1)) },
    { keys: 'k', label: 'Previous row', group: 'List', run: () => focusRow(cursor.move(-1)) },
    ...(onOpen
      ? [{ keys: 'enter', label: 'Open the row', group: 'List' as const, run: withCurrent(onOpen) }]
      : []),
    ...(onPeek
      ? [{ keys: 'space', label: 'Peek at the row', group: 'List' as const, run: withCurrent(onPeek) }]
      : []),
    ...(selection
      ? [
          {
            keys: 'x',
            label: 'Select the row',
            group: 'List' as const,
            run: () => currentRow()?.toggleSelected(),
          },
        ]
      : []),
    ...(pending ? [{ keys: '.', label: 'Show new rows', group: 'List' as const, run: pending.onShow }] : []),
  ])

  const template = [selection && '42px', ...shown.map(({ width }) => width)].filter(Boolean).join(' ')
  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-auto"
      style={{ '--columns': template } as React.CSSProperties}
    >
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={(props.total ?? rows.length) + 1}
        aria-multiselectable={selection ? true : undefined}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            focusRow(cursor.move(event.key === 'ArrowDown' ? 1 : -1))
          }
        }}
      >
        <TableHead
          columns={shown}
          sort={sort}
          onSort={props.onSort}
          selection={
            selection && {
              all: rows.length > 0 && table.getIsAllRowsSelected(),
              some: table.getIsSomeRowsSelected(),
              toggle: () => table.toggleAllRowsSelected(),
            }
          }
        />
        {pending && pending.count > 0 && <PendingStrip {...pending} />}
        {rows.length > 0 && (
          <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index]
              return (
                row && (
                  <TableRow
                    key={row.id}
                    id={row.id}
                    row={row.original}
                    columns={shown}
                    useRow={props.useRow}
                    name={props.rowName(row.original)}
                    index={item.index}
                    top={item.start}
                    height={height}
                    isSelected={selection ? row.getIsSelected() : undefined}
                    isCurrent={cursor.current === row.id}
                    isTabStop={cursor.index === -1 ? item.index === 0 : cursor.current === row.id}
                    onToggle={row.getToggleSelectedHandler()}
                    onFocus={cursor.set}
                    onPress={onPeek ?? onOpen}
                  />
                )
              )
            })}
          </div>
        )}
      </div>
      {rows.length === 0 && props.empty}
    </div>
  )
}
