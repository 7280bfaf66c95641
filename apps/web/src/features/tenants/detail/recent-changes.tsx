import { Link } from '@tanstack/react-router'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { auditLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { diffValues } from '../../audit/diff-values.ts'
import { type AuditEntry, useRecentAudit } from '../../audit/use-audit.ts'

/** "labels.plan gold → iron" */
function summary(entry: AuditEntry): string {
  if (entry.before === null) return ''
  const changes = diffValues(entry.before, entry.after)
    .filter(({ isChanged }) => isChanged)
    .map(({ field, before, after }) => `${field} ${before || 'nothing'} → ${after || 'nothing'}`)
    .join(', ')
  const { resource } = entry.after ?? {}
  return typeof resource === 'string' ? `${resource} ${changes}` : changes
}

/** Who did what to this tenant, newest first. */
export function RecentChanges(props: { tenantId: string; limit: number }) {
  const query = useRecentAudit(props.tenantId, props.limit)
  return (
    <QueryPanel title="Its changes" noun="the audit log" query={query}>
      {({ items }) => (
        <ul>
          {items.map((entry) => (
            <li
              key={entry.id}
              className="gutter flex min-h-8 items-center gap-3 border-b border-line max-md:min-h-12 max-md:flex-wrap max-md:gap-y-0"
            >
              <span className="num w-38 shrink-0 whitespace-nowrap text-ink-3 max-md:hidden">
                <TimeStamp at={entry.at} />
              </span>
              <span className="flex min-w-0 flex-1 items-center gap-1.5">
                <StatusIcon tone={auditLook[entry.outcome].tone} />
                <span className="sr-only">{auditLook[entry.outcome].word}:</span>
                {entry.operationId ? (
                  <Link to="/operations/$id" params={{ id: entry.operationId }} className="hover:underline">
                    <Mono className="font-medium">{entry.action}</Mono>
                  </Link>
                ) : (
                  <Mono className="font-medium">{entry.action}</Mono>
                )}
                <span className="text-ink-3">{auditLook[entry.outcome].word.toLowerCase()}</span>
                <span className="min-w-0 truncate text-ink-2">{summary(entry)}</span>
              </span>
              <span className="shrink-0 text-ink-3 max-md:w-full max-md:pl-5 max-md:text-12">
                {entry.actorName}
              </span>
            </li>
          ))}
        </ul>
      )}
    </QueryPanel>
  )
}
