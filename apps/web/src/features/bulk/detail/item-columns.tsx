import { Link } from '@tanstack/react-router'
import type { Column } from '../../../table/column.ts'
import { bulkOutcomeLook } from '../../../ui/state-tones.ts'
import { Status, StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { Duration, Elapsed } from '../../../ui/time.tsx'
import type { BulkItem } from '../use-bulk-items.ts'

export const itemColumns: readonly Column<BulkItem>[] = [
  {
    id: 'ordinal',
    header: 'No.',
    width: '64px',
    align: 'end',
    cell: (row) => <span className="text-ink-3">{row.ordinal}</span>,
  },
  {
    id: 'outcome',
    header: 'Status',
    width: '116px',
    cell: (row) => <Status look={bulkOutcomeLook[row.outcome]} />,
  },
  {
    id: 'tenant',
    header: 'Tenant',
    width: 'minmax(160px, 0.7fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <span className="md:hidden">
          <StatusIcon tone={bulkOutcomeLook[row.outcome].tone} />
          <span className="sr-only">{bulkOutcomeLook[row.outcome].word}</span>
        </span>
        {row.tenantId && row.slug ? (
          <Link
            to="/tenants/$slug"
            params={{ slug: row.slug }}
            tabIndex={-1}
            className="mono truncate font-medium hover:underline"
          >
            {row.slug}
          </Link>
        ) : (
          <Mono className="truncate">{row.slug || '–'}</Mono>
        )}
      </span>
    ),
  },
  {
    id: 'why',
    header: 'Why',
    width: 'minmax(200px, 1.4fr)',
    cell: (row) =>
      row.error ? (
        <span className="truncate" title={row.error.message}>
          {row.error.message}
        </span>
      ) : row.outcome === 'pending' && row.tries > 0 ? (
        <span className="text-ink-3">Its tenant is busy; put off {row.tries} times</span>
      ) : null,
  },
  {
    id: 'operation',
    header: 'Operation',
    width: '132px',
    cell: (row) =>
      row.operationId && (
        <Link
          to="/operations/$id"
          params={{ id: row.operationId }}
          tabIndex={-1}
          className="mono hover:underline"
        >
          {`${row.operationId.slice(0, 6)}…${row.operationId.slice(-4)}`}
        </Link>
      ),
  },
  {
    id: 'took',
    header: 'Took',
    width: '96px',
    align: 'end',
    phone: true,
    cell: (row) =>
      row.startedAt ? <Elapsed from={row.startedAt} to={row.finishedAt} /> : <Duration ms={null} />,
  },
]
