import { Link } from '@tanstack/react-router'
import type { Column } from '../../../table/column.ts'
import { formatCount } from '../../../ui/number-format.ts'
import { bulkLook } from '../../../ui/state-tones.ts'
import { Status } from '../../../ui/status.tsx'
import { Elapsed, TimeStamp } from '../../../ui/time.tsx'
import { bulkTitle, endedOf } from '../bulk-words.ts'
import { ProgressBar } from '../progress-bar.tsx'
import type { BulkRow } from '../use-bulks.ts'

export const bulkColumns: readonly Column<BulkRow>[] = [
  { id: 'state', header: 'Status', width: '116px', cell: (row) => <Status look={bulkLook[row.state]} /> },
  {
    id: 'bulk',
    header: 'Bulk operation',
    width: 'minmax(180px, 1fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link
          to="/bulks/$id"
          params={{ id: row.id }}
          tabIndex={-1}
          className="shrink-0 truncate font-medium hover:underline"
        >
          {bulkTitle(row)}
        </Link>
        <span className="truncate text-ink-3">{row.reason}</span>
      </span>
    ),
  },
  {
    id: 'progress',
    header: 'Progress',
    width: 'minmax(120px, 0.5fr)',
    cell: (row) => (
      <span className="flex h-full w-full items-center">
        <ProgressBar counts={row.counts} total={row.total} thin />
      </span>
    ),
  },
  {
    id: 'ended',
    header: 'Ended',
    width: '132px',
    align: 'end',
    phone: true,
    cell: (row) => (
      <span>
        {formatCount(endedOf(row.counts))}
        <span className="text-ink-3"> of {formatCount(row.total)}</span>
      </span>
    ),
  },
  {
    id: 'failed',
    header: 'Failed',
    width: '84px',
    align: 'end',
    cell: (row) => {
      const failed = row.counts.failed + row.counts.refused
      return failed ? formatCount(failed) : <span className="text-ink-3">–</span>
    },
  },
  {
    id: 'by',
    header: 'Asked by',
    width: 'minmax(100px, 0.3fr)',
    cell: (row) => <span className="truncate text-ink-3">{row.requestedByName}</span>,
  },
  {
    id: 'took',
    header: 'Took',
    width: '96px',
    align: 'end',
    cell: (row) => <Elapsed from={row.createdAt} to={row.finishedAt} />,
  },
  {
    id: 'created',
    header: 'Asked',
    width: '184px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        <TimeStamp at={row.createdAt} />
      </span>
    ),
  },
]
