import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useLiveRow } from '../../../live/use-live.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyNothing } from '../../../ui/empty.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { tenantOperationColumns } from '../../operations/operation-columns.tsx'
import { operationTitle } from '../../operations/operation-words.ts'
import { type OperationRow, useOperations } from '../../operations/use-operations.ts'

const rowId = (row: OperationRow) => row.id

/** The operations of one tenant, newest first. */
export function OperationTable(props: { tenantId: string }) {
  const { tenantId } = props
  const navigate = useNavigate()
  const listing = useMemo(() => ({ tenantId }), [tenantId])
  const { query, rows, total, hasMore, loadMore, pending } = useOperations(listing, 50)
  return (
    <QueryPanel title="Its operations" noun="operations" query={query}>
      {() => (
        <DataTable
          label="Operations of this tenant"
          columns={tenantOperationColumns}
          rows={rows}
          rowId={rowId}
          rowName={operationTitle}
          useRow={useLiveRow}
          onOpen={(row) => void navigate({ to: '/operations/$id', params: { id: row.id } })}
          {...(total === undefined ? {} : { total })}
          hasMore={hasMore}
          loadMore={loadMore}
          pending={pending}
          empty={<EmptyNothing title="Nothing has been done to it yet" />}
        />
      )}
    </QueryPanel>
  )
}
