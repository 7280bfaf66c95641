import { Link } from '@tanstack/react-router'
import { useLiveRow } from '../../live/use-live.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { operationLook } from '../../ui/state-tones.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { kindVerb, operationTitle } from './operation-words.ts'
import { type OperationRow, useClusterOperations, useRecentOperations } from './use-operations.ts'

/** The last operations of a tenant, a line each. */
export function RecentOperations(props: { tenantId: string; limit: number }) {
  const query = useRecentOperations(props.tenantId, props.limit)
  return (
    <QueryPanel title="Recent operations" query={query} skeleton={<div className="h-8" />}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="text-12 text-ink-3">Nothing has been done to it yet.</p>
        ) : (
          <ul>
            {items.map((row) => (
              <RecentOperation key={row.id} row={row} />
            ))}
          </ul>
        )
      }
    </QueryPanel>
  )
}

/** The last operations on a cluster, a line each, with what they are about. */
export function ClusterOperations(props: { clusterId: string; limit: number }) {
  const query = useClusterOperations(props.clusterId, props.limit)
  return (
    <QueryPanel title="Recent operations" query={query} skeleton={<div className="h-8" />}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="text-12 text-ink-3">Nothing has been done here yet.</p>
        ) : (
          <ul>
            {items.map((row) => (
              <RecentOperation key={row.id} row={row} named />
            ))}
          </ul>
        )
      }
    </QueryPanel>
  )
}

function RecentOperation(props: { row: OperationRow; named?: boolean }) {
  const row = useLiveRow(props.row)
  const look = operationLook[row.state]
  return (
    <li className="flex h-6.5 items-center gap-2 max-md:h-11">
      <StatusIcon tone={look.tone} />
      <Link to="/operations/$id" params={{ id: row.id }} className="min-w-0 flex-1 truncate hover:underline">
        {props.named ? operationTitle(row) : kindVerb[row.kind]}
        <span className="text-ink-3">
          , {look.word.toLowerCase()}
          {row.error && row.state === 'failed' && (
            <>
              {' '}
              with <Mono>{row.error.code}</Mono>
            </>
          )}
        </span>
      </Link>
      <span className="num text-12 text-ink-3">
        <TimeStamp at={row.finishedAt ?? row.createdAt} form="relative" />
      </span>
    </li>
  )
}
