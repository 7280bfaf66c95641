import { Link, type LinkProps } from '@tanstack/react-router'
import { findingKinds } from '@tenantry/contracts'
import { Server } from 'lucide-react'
import type { ReactNode } from 'react'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import type { Tone } from '../../ui/tone.ts'
import { severityLook } from '../alerts/alert-looks.ts'
import { findingTitle } from '../findings/finding-words.ts'
import { kindVerb } from '../operations/operation-words.ts'
import { type Attention, useAttention } from './use-fleet-news.ts'

interface Line {
  readonly key: string
  readonly tone: Tone
  readonly title: ReactNode
  readonly detail: ReactNode
  readonly link: LinkProps
}

/** The error of an operation in one line. */
function because(error: { code: string; message: string } | null): ReactNode {
  return error ? (
    <>
      <Mono>{error.code}</Mono> {error.message}
    </>
  ) : (
    'No error was recorded.'
  )
}

function lineOf(item: Attention): Line {
  switch (item.kind) {
    case 'incident.firing':
      return {
        key: item.incidentId,
        tone: severityLook[item.severity].tone,
        title: item.title,
        detail: item.action || 'An alert fires that nobody has taken.',
        link: { to: '/alerts/$id', params: { id: item.incidentId } },
      }
    case 'cluster.unreachable':
      return {
        key: item.clusterId,
        tone: 'failed',
        title: (
          <>
            Cluster <Mono>{item.clusterName}</Mono> does not answer
          </>
        ),
        detail: item.fault ?? 'The last look at it failed.',
        link: { to: '/clusters/$id', params: { id: item.clusterId } },
      }
    case 'tenant.failed':
      return {
        key: item.tenantId,
        tone: 'failed',
        title: (
          <>
            <Mono>{item.slug}</Mono> was not provisioned
          </>
        ),
        detail: because(item.error),
        link: item.operationId
          ? { to: '/operations/$id', params: { id: item.operationId } }
          : { to: '/tenants/$slug', params: { slug: item.slug } },
      }
    case 'template.failed':
      return {
        key: `${item.templateId}/${item.version}`,
        tone: 'failed',
        title: (
          <>
            Template <Mono>{item.slug}</Mono> version {item.version} did not build
          </>
        ),
        detail: because(item.error),
        link: item.operationId
          ? { to: '/operations/$id', params: { id: item.operationId } }
          : { to: '/operations', search: { kind: ['template.build'] } },
      }
    case 'finding.open':
      return {
        key: `${item.clusterId}/${item.findingKind}`,
        tone: 'drift',
        title: (
          <>
            {findingTitle[item.findingKind]}: <Mono>{item.subject}</Mono>
            {item.count > 1 && ` and ${item.count - 1} more`}
          </>
        ),
        detail: (
          <>
            On <Mono>{item.clusterName}</Mono>. {findingKinds[item.findingKind]}
          </>
        ),
        link: { to: '/findings', search: { kind: [item.findingKind], cluster: item.clusterId } },
      }
    case 'operation.overdue':
      return {
        key: item.operationId,
        tone: 'warn',
        title: (
          <>
            {kindVerb[item.operationKind]} takes {formatDuration(item.seconds * 1000)}
          </>
        ),
        detail: item.tenantSlug ? <Mono>{item.tenantSlug}</Mono> : 'It may be waiting for a lock.',
        link: { to: '/operations/$id', params: { id: item.operationId } },
      }
  }
}

function Item(props: { item: Attention }) {
  const line = lineOf(props.item)
  return (
    <li className="border-t border-line first:border-t-0">
      <Link
        {...line.link}
        className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2 gap-y-px px-4 pt-2 pb-1.5 hover:bg-surface-2"
      >
        <StatusIcon
          tone={line.tone}
          {...(props.item.kind === 'cluster.unreachable' ? { icon: Server } : {})}
          className="mt-[3px]"
        />
        <span className="truncate font-medium">{line.title}</span>
        <span className="text-12 leading-5 text-ink-3">
          {props.item.since && <TimeStamp at={props.item.since} form="relative" />}
        </span>
        <span className="col-span-2 col-start-2 line-clamp-2 text-12 text-ink-3">{line.detail}</span>
      </Link>
    </li>
  )
}

/** What wants a person, worst first; a healthy fleet says so in one line. */
export function AttentionList() {
  const query = useAttention()
  return (
    <>
      <SectionHeader side title="Needs attention" meta={query.data?.length || undefined}>
        {(query.data?.length ?? 0) > 1 && <span className="text-12 text-ink-3">worst first</span>}
      </SectionHeader>
      <QueryPanel title="What needs attention" query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className="flex items-center gap-2 border-t border-line px-4 py-2.5 text-ink-2">
              <StatusIcon tone="ok" />
              Nothing: no alerts, no failures, every cluster answers and agrees with the registry.
            </p>
          ) : (
            <ul className="border-t border-line">
              {items.map((item) => (
                <Item key={lineOf(item).key} item={item} />
              ))}
            </ul>
          )
        }
      </QueryPanel>
    </>
  )
}
