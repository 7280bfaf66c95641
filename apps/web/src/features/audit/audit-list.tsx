import type { ReactNode } from 'react'
import { DataTable } from '../../table/data-table.tsx'
import { classNames } from '../../ui/class-names.ts'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { auditColumns, narrowAuditColumns, phoneAuditColumns } from './audit-columns.tsx'
import { AuditEntryPanel, type EntryFilters } from './audit-entry.tsx'
import type { AuditEntry, useAudit } from './use-audit.ts'

const rowId = (row: AuditEntry) => row.id
const rowName = (row: AuditEntry) => `${row.action}, entry ${row.seq}`

/** The log and, beside it, the entry that is looked at. */
export function AuditList(props: {
  audit: ReturnType<typeof useAudit>
  /** `<chain>/<seq>` */
  entry: string
  onEntry: (id: string) => void
  filters?: EntryFilters
  empty: ReactNode
}) {
  const { audit, entry, onEntry } = props
  const isPhone = useMediaQuery('(max-width: 767px)')
  const shown = audit.rows.find(({ id }) => id === entry)
  const columns = isPhone ? phoneAuditColumns : shown ? narrowAuditColumns : auditColumns
  const toggle = (row: AuditEntry) => onEntry(row.id === entry ? '' : row.id)
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      {/* Where there is no room beside it, the entry takes the place of the list. */}
      <div className={classNames('flex min-h-0 min-w-0 flex-1 flex-col', shown && 'max-lg:hidden')}>
        <PanelBoundary title="The audit log">
          <QueryPanel title="The audit log" noun="the audit log" query={audit.query}>
            {() => (
              <DataTable
                label="Audit log"
                columns={columns}
                rows={audit.rows}
                rowId={rowId}
                rowName={rowName}
                onOpen={toggle}
                onPeek={toggle}
                {...(audit.total === undefined ? {} : { total: audit.total })}
                hasMore={audit.hasMore}
                loadMore={audit.loadMore}
                pending={audit.pending}
                empty={props.empty}
              />
            )}
          </QueryPanel>
        </PanelBoundary>
      </div>
      {shown && (
        <PanelBoundary key={shown.id} title="The entry">
          <AuditEntryPanel
            entry={shown}
            onClose={() => onEntry('')}
            {...(props.filters ? { filters: props.filters } : {})}
          />
        </PanelBoundary>
      )}
    </div>
  )
}
