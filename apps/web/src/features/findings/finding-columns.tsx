import { Link } from '@tanstack/react-router'
import type { Column } from '../../table/column.ts'
import { findingLook } from '../../ui/state-tones.ts'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { findingTitle } from './finding-words.ts'
import type { Finding } from './use-findings.ts'

export const findingColumns: readonly Column<Finding>[] = [
  {
    id: 'kind',
    header: 'Difference',
    width: '190px',
    cell: (row) => <Status look={findingLook[row.state]}>{findingTitle[row.kind]}</Status>,
  },
  {
    id: 'subject',
    header: 'Schema or roles',
    width: 'minmax(130px, 1fr)',
    phone: true,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-1.5 max-md:flex-wrap max-md:gap-y-0">
        <span className="md:hidden">
          <StatusIcon tone={findingLook[row.state].tone} />
        </span>
        <Mono className="truncate font-medium">{row.subject}</Mono>
        <span className="w-full text-12 text-ink-3 md:hidden">{findingTitle[row.kind]}</span>
      </span>
    ),
  },
  {
    id: 'tenant',
    header: 'Tenant',
    width: 'minmax(90px, 0.6fr)',
    cell: (row) =>
      row.tenantSlug ? (
        <Link
          to="/tenants/$slug"
          params={{ slug: row.tenantSlug }}
          tabIndex={-1}
          className="truncate hover:underline"
        >
          <Mono>{row.tenantSlug}</Mono>
        </Link>
      ) : (
        <span className="text-ink-3">{row.holder === 'spare' ? 'a spare' : 'none'}</span>
      ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    width: '80px',
    cell: (row) => <Mono>{row.clusterName}</Mono>,
  },
  {
    id: 'since',
    header: 'First seen',
    width: '172px',
    align: 'end',
    cell: (row) => (
      <span className="text-ink-3">
        <TimeStamp at={row.firstSeenAt} />
      </span>
    ),
  },
]
