import { Link } from '@tanstack/react-router'
import type { Column } from '../../../table/column.ts'
import { tenantLook } from '../../../ui/state-tones.ts'
import { Status, StatusIcon } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import type { TenantRow } from '../use-tenants.ts'

function Labels({ labels }: Pick<TenantRow, 'labels'>) {
  const entries = Object.entries(labels)
  const shown = entries.slice(0, 3)
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {shown.map(([key, value]) => (
        <Tag key={key}>
          {key}={value}
        </Tag>
      ))}
      {entries.length > shown.length && (
        <span className="text-12 text-ink-3">+{entries.length - shown.length}</span>
      )}
    </span>
  )
}

export const tenantColumns: readonly Column<TenantRow>[] = [
  {
    id: 'state',
    header: 'Status',
    width: '124px',
    cell: (row) => <Status look={tenantLook[row.state]} />,
  },
  {
    id: 'slug',
    header: 'Tenant',
    width: 'minmax(200px, 1.4fr)',
    sortable: true,
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2.5 max-md:flex-wrap max-md:gap-x-2 max-md:gap-y-0">
        <span className="md:hidden">
          <StatusIcon tone={tenantLook[row.state].tone} />
          <span className="sr-only">{tenantLook[row.state].word}</span>
        </span>
        <Link
          to="/tenants/$slug"
          params={{ slug: row.slug }}
          tabIndex={-1}
          className="mono max-w-4/5 shrink-0 truncate font-medium hover:underline"
        >
          {row.slug}
        </Link>
        <span className="truncate text-ink-3 max-md:w-full max-md:pl-5.5 max-md:text-12">
          {row.displayName}
        </span>
      </span>
    ),
  },
  { id: 'cluster', header: 'Cluster', width: '92px', cell: (row) => <Mono>{row.clusterName}</Mono> },
  {
    id: 'template',
    header: 'Template',
    width: 'minmax(120px, 0.5fr)',
    cell: (row) => (
      <span className="truncate">
        {row.templateName} <Mono className="text-ink-3">v{row.templateVersion}</Mono>
      </span>
    ),
  },
  {
    id: 'labels',
    header: 'Labels',
    width: 'minmax(140px, 1fr)',
    cell: (row) => <Labels labels={row.labels} />,
  },
  {
    id: 'createdAt',
    header: 'Created',
    width: '112px',
    align: 'end',
    sortable: true,
    cell: (row) => <TimeStamp at={row.createdAt} form="date" />,
  },
  {
    id: 'updatedAt',
    header: 'Changed',
    width: '112px',
    align: 'end',
    sortable: true,
    phone: true,
    cell: (row) => (
      <span className="text-ink-3">
        <TimeStamp at={row.updatedAt} form="relative" />
      </span>
    ),
  },
]

/** Beside the open side panel there is room for what tells tenants apart. */
export const narrowTenantColumns = tenantColumns.filter(({ id }) => !['labels', 'createdAt'].includes(id))
