import type { ImportFault, ImportRow } from '@tenantry/contracts'
import { Download } from 'lucide-react'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { Button } from '../../../ui/button.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { type PanelQuery, QueryPanel } from '../../../ui/query-panel.tsx'
import { Status } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { FormSection } from '../../tenants/create/form-section.tsx'
import { wrongRowsCsv } from './read-rows.ts'
import type { ImportCheck } from './use-import.ts'

const columns: readonly Column<ImportFault>[] = [
  { id: 'row', header: 'Row', width: '64px', align: 'end', phone: true, cell: ({ row }) => row },
  { id: 'column', header: 'Column', width: '112px', cell: ({ column }) => <Mono>{column}</Mono> },
  {
    id: 'value',
    header: 'Value',
    width: 'minmax(120px, 0.6fr)',
    cell: ({ value }) =>
      value ? <Mono className="truncate">{value}</Mono> : <span className="text-ink-3">empty</span>,
  },
  {
    id: 'message',
    header: 'What is wrong',
    width: 'minmax(180px, 1.2fr)',
    phone: true,
    cell: ({ message }) => <span className="truncate">{message}</span>,
  },
]
const rowId = ({ row, column, code }: ImportFault) => `${row}/${column}/${code}`
const rowName = ({ row, column }: ImportFault) => `row ${row}, ${column}`

/** Which rows are good, which are wrong and why: by row and column. */
export function CheckSection(props: { rows: readonly ImportRow[]; query: PanelQuery<ImportCheck> }) {
  const { rows, query } = props
  return (
    <FormSection number={3} title="Check" note="Held against the rules and against the registry, row by row.">
      {rows.length === 0 ? (
        <p className="text-ink-3">No rows yet.</p>
      ) : (
        <QueryPanel title="The check" noun="tenants" query={query} skeleton={<div className="h-11" />}>
          {(check) => (
            <div className="grid max-w-220 gap-3">
              <div className="num flex flex-wrap items-center gap-4">
                <Status look={{ tone: 'ok', word: '' }}>{formatCount(check.goodRows)} good</Status>
                <Status look={{ tone: check.wrongRows ? 'failed' : 'off', word: '' }}>
                  {formatCount(check.wrongRows)} wrong
                </Status>
                {check.wrongRows > 0 && (
                  <Button
                    size="sm"
                    icon={Download}
                    onClick={() => download(wrongRowsCsv(rows, check.faults))}
                  >
                    Download the wrong rows
                  </Button>
                )}
              </div>
              {check.faults.length > 0 && (
                <div className="flex h-72 flex-col rounded-md border border-line">
                  <DataTable
                    label="Wrong cells"
                    columns={columns}
                    rows={check.faults}
                    rowId={rowId}
                    rowName={rowName}
                  />
                </div>
              )}
            </div>
          )}
        </QueryPanel>
      )}
    </FormSection>
  )
}

function download(csv: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }))
  link.download = 'wrong-rows.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
