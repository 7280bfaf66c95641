import type { RowSelectionState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { Sparkline } from '../../chart/sparkline.tsx'
import { type Column, nextSort, type Sort } from '../../table/column.ts'
import { DataTable } from '../../table/data-table.tsx'
import { SelectionBar } from '../../table/selection-bar.tsx'
import { EmptyFiltered } from '../../ui/empty.tsx'
import { tenantLook } from '../../ui/state-tones.ts'
import { Status } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { type SampleTenant, sampleTenants } from './samples.ts'

const columns: readonly Column<SampleTenant>[] = [
  {
    id: 'state',
    header: 'Status',
    width: '124px',
    phone: true,
    cell: (row) => <Status look={tenantLook[row.state]} />,
  },
  {
    id: 'slug',
    header: 'Tenant',
    width: 'minmax(160px, 1fr)',
    sortable: true,
    phone: true,
    cell: (row) => (
      <span className="truncate">
        <Mono className="font-medium">{row.slug}</Mono> <span className="ml-1 text-ink-3">{row.name}</span>
      </span>
    ),
  },
  { id: 'cluster', header: 'Cluster', width: '90px', cell: (row) => <Mono>{row.cluster}</Mono> },
  {
    id: 'size',
    header: 'Size',
    width: '90px',
    align: 'end',
    sortable: true,
    cell: (row) => (
      <span>
        {row.gigabytes.toFixed(1)} <span className="text-ink-3">GB</span>
      </span>
    ),
  },
  {
    id: 'trend',
    header: '7 days',
    width: '76px',
    cell: (row) => <Sparkline values={row.trend} label={`Size of ${row.slug} over 7 days`} />,
  },
  {
    id: 'at',
    header: 'Last operation',
    width: '130px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        <TimeStamp at={row.at} form="relative" />
      </span>
    ),
  },
]

/** Ten thousand rows in the one table. */
export function SampleTable() {
  const [selected, setSelected] = useState<RowSelectionState>({ 'row-0': true, 'row-3': true })
  const [sort, setSort] = useState<Sort>({ id: 'size', desc: true })
  const [pending, setPending] = useState(4)
  const count = useMemo(() => Object.values(selected).filter(Boolean).length, [selected])
  return (
    <div className="flex h-90 min-w-0 flex-col">
      <DataTable
        label="Sample tenants"
        columns={columns}
        rows={sampleTenants}
        rowId={(row) => row.id}
        rowName={(row) => row.slug}
        sort={sort}
        onSort={(id) => setSort((now) => nextSort(now, id))}
        selection={{ selected, onChange: setSelected }}
        onOpen={() => {}}
        total={sampleTenants.length}
        pending={{ count: pending, onShow: () => setPending(0) }}
        empty={<EmptyFiltered filters={1} onClear={() => {}} />}
      />
      {count > 0 && (
        <SelectionBar count={count} total={10_000} onSelectAll={() => {}} onClear={() => setSelected({})} />
      )}
    </div>
  )
}
