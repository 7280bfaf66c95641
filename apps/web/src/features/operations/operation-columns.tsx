import { Link } from '@tanstack/react-router'
import type { Column } from '../../table/column.ts'
import { operationLook } from '../../ui/state-tones.ts'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { Duration, Elapsed, TimeStamp } from '../../ui/time.tsx'
import { kindVerb, objectOf } from './operation-words.ts'
import type { OperationRow } from './use-operations.ts'
import { QueueWord } from './waiting/queue-word.tsx'

/** How long it waited for a worker, moving while it waits. */
function Wait({ row }: { row: OperationRow }) {
  if (row.startedAt) return <Elapsed from={row.createdAt} to={row.startedAt} />
  if (row.finishedAt) return <Duration ms={null} />
  return <Elapsed from={row.createdAt} />
}

function Took({ row }: { row: OperationRow }) {
  return row.startedAt ? <Elapsed from={row.startedAt} to={row.finishedAt} /> : <Duration ms={null} />
}

const status: Column<OperationRow> = {
  id: 'state',
  header: 'Status',
  width: '116px',
  cell: (row) => <Status look={operationLook[row.state]} />,
}
const name: Column<OperationRow> = {
  id: 'operation',
  header: 'Operation',
  width: 'minmax(220px, 1fr)',
  phone: true,
  cell: (row) => (
    <span className="flex min-w-0 items-center gap-1.5 max-md:flex-wrap max-md:gap-y-0">
      <span className="md:hidden">
        <StatusIcon tone={operationLook[row.state].tone} />
        <span className="sr-only">{operationLook[row.state].word}</span>
      </span>
      <Link
        to="/operations/$id"
        params={{ id: row.id }}
        tabIndex={-1}
        className="truncate hover:underline max-md:min-w-0 max-md:flex-1"
      >
        {kindVerb[row.kind]} <Mono className="font-medium">{objectOf(row)}</Mono>
      </Link>
      <QueueWord row={row} />
      {row.error && row.error.class !== 'cancelled' && row.state !== 'succeeded' && (
        <Mono className="text-ink-3">{row.error.code}</Mono>
      )}
    </span>
  ),
}
const requestedBy: Column<OperationRow> = {
  id: 'by',
  header: 'Asked by',
  width: 'minmax(110px, 0.35fr)',
  cell: (row) => <span className="truncate text-ink-3">{row.requestedByName}</span>,
}
const attempts: Column<OperationRow> = {
  id: 'attempt',
  header: 'Attempt',
  width: '84px',
  align: 'end',
  cell: (row) => (
    <span>
      {row.attempt || <span className="text-ink-3">–</span>}
      {row.attempt > 0 && <span className="text-ink-3"> of {row.maxAttempts}</span>}
    </span>
  ),
}
const waited: Column<OperationRow> = {
  id: 'wait',
  header: 'Waited',
  width: '96px',
  align: 'end',
  cell: (row) => (
    <span className="text-ink-3">
      <Wait row={row} />
    </span>
  ),
}
const took: Column<OperationRow> = {
  id: 'took',
  header: 'Took',
  width: '96px',
  align: 'end',
  phone: true,
  cell: (row) => <Took row={row} />,
}
const asked: Column<OperationRow> = {
  id: 'created',
  header: 'Asked',
  width: '184px',
  align: 'end',
  cell: (row) => (
    <span className="text-ink-3">
      <TimeStamp at={row.createdAt} />
    </span>
  ),
}
const cluster: Column<OperationRow> = {
  id: 'cluster',
  header: 'Cluster',
  width: '92px',
  cell: (row) => <Mono>{row.clusterName}</Mono>,
}

export const operationColumns = [status, name, cluster, requestedBy, attempts, waited, took, asked] as const

/** On a tenant's page: what is the same in every row is left out. */
export const tenantOperationColumns = [
  status,
  { ...name, width: 'minmax(150px, 1fr)' },
  { ...requestedBy, width: 'minmax(96px, 0.5fr)' },
  attempts,
  took,
  asked,
] as const
