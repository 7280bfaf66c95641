import { Link } from '@tanstack/react-router'
import { Button } from '../../../ui/button.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { measuredWord } from '../alert-words.ts'
import { type IncidentDetail, type IncidentMember, useIncidentMembers } from '../use-alerts.ts'

/** Everybody whom it is or was about, twenty at a time. */
export function IncidentMembers(props: { incident: IncidentDetail }) {
  const { incident } = props
  const { query, rows, total } = useIncidentMembers(incident.id)
  // The fleet has no name: an incident of it is about nobody else.
  if (rows.every(({ tenantId, clusterId }) => !tenantId && !clusterId) && rows.length <= 1) return null
  return (
    <section aria-label="Affected" className="shrink-0 border-t border-line">
      <SectionHeader
        title="Affected"
        meta={`${formatCount(incident.firing)} now${total && total > incident.firing ? `, ${formatCount(total)} in all` : ''}`}
      />
      <QueryPanel title="Whom it is about" query={query}>
        {() => (
          <ul className="border-t border-line">
            {rows.map((member) => (
              <Member key={member.id} member={member} incident={incident} />
            ))}
            {query.hasNextPage && (
              <li className="gutter py-2">
                <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {total ? `${formatCount(total - rows.length)} more` : 'More'}
                </Button>
              </li>
            )}
          </ul>
        )}
      </QueryPanel>
    </section>
  )
}

function Member(props: { member: IncidentMember; incident: IncidentDetail }) {
  const { member, incident } = props
  return (
    <li className="gutter grid min-h-8 grid-cols-[14px_minmax(0,1.2fr)_minmax(0,1fr)_auto_auto] items-center gap-2.5 border-b border-line text-12">
      <StatusIcon tone={member.resolvedAt ? 'ok' : 'failed'} size={12} />
      {member.tenantSlug ? (
        <Link to="/tenants/$slug" params={{ slug: member.tenantSlug }} className="truncate hover:underline">
          <Mono className="font-medium">{member.tenantSlug}</Mono>
        </Link>
      ) : (
        <Mono className="truncate font-medium">{member.clusterName ?? 'fleet'}</Mono>
      )}
      <span className="truncate text-ink-3">{member.tenantSlug && member.clusterName}</span>
      <span className="num text-right">
        {member.value !== null && incident.rule ? measuredWord(incident.rule.condition, member.value) : ''}
        {(member.silenceId || member.isInhibited) && (
          <span className="text-ink-3"> {member.silenceId ? 'silenced' : 'follows from another'}</span>
        )}
      </span>
      <span className="text-right text-ink-3">
        {member.resolvedAt ? (
          <>
            clear <TimeStamp at={member.resolvedAt} form="minute" />
          </>
        ) : (
          member.firedAt && <TimeStamp at={member.firedAt} form="minute" />
        )}
      </span>
    </li>
  )
}
