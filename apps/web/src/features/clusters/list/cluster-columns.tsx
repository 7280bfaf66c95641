import { Link } from '@tanstack/react-router'
import type { Column } from '../../../table/column.ts'
import { formatCount } from '../../../ui/number-format.ts'
import { Status } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { clusterLook, fullestDimension, tenantsOn } from '../cluster-words.ts'
import { FullnessCell } from '../fullness-meter.tsx'
import type { ClusterRow } from '../use-clusters.ts'

export const clusterColumns: readonly Column<ClusterRow>[] = [
  {
    id: 'name',
    header: 'Cluster',
    width: 'minmax(120px, 1fr)',
    phone: true,
    cell: (row) => (
      <Link
        to="/clusters/$id"
        params={{ id: row.id }}
        tabIndex={-1}
        className="mono truncate font-medium hover:underline"
      >
        {row.name}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'Status',
    width: '116px',
    phone: true,
    cell: (row) => <Status look={clusterLook(row)} />,
  },
  {
    id: 'tenants',
    header: 'Tenants',
    width: '80px',
    align: 'end',
    phone: true,
    cell: (row) => <span className="num">{formatCount(tenantsOn(row))}</span>,
  },
  {
    id: 'full',
    header: 'Fullest in',
    width: 'minmax(220px, 1.4fr)',
    cell: (row) =>
      row.state === 'detached' ? (
        <span className="text-ink-3">–</span>
      ) : (
        <FullnessCell fullness={fullestDimension(row)} />
      ),
  },
  {
    id: 'labels',
    header: 'Labels',
    width: 'minmax(140px, 1fr)',
    cell: (row) => (
      <span className="flex min-w-0 gap-1 overflow-hidden">
        {Object.entries(row.labels).map(([key, value]) => (
          <Tag key={key}>
            {key}={value}
          </Tag>
        ))}
      </span>
    ),
  },
  {
    id: 'version',
    header: 'PostgreSQL',
    width: '92px',
    cell: (row) => <Mono className="text-ink-3">{row.serverVersion ?? '–'}</Mono>,
  },
  {
    id: 'checkedAt',
    header: 'Looked at',
    width: '104px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        {row.checkedAt && row.state !== 'detached' ? (
          <TimeStamp at={row.checkedAt} form="relative" />
        ) : (
          'never'
        )}
      </span>
    ),
  },
]
