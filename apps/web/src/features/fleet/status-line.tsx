import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatCount } from '../../ui/number-format.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import type { Tone } from '../../ui/tone.ts'
import type { Fleet } from './fleet-changes.ts'

function Figure(props: { value: ReactNode; note: string; tone?: Tone | undefined; link: LinkProps }) {
  return (
    <Link
      {...props.link}
      className="num min-w-0 bg-surface pt-[7px] pb-1.5 pl-4 first:pl-5 hover:bg-surface-2 max-lg:first:col-span-2 max-lg:pl-5"
    >
      <span className="flex items-center gap-1.5 text-20 leading-6 font-medium tracking-[-0.02em]">
        {props.tone && <StatusIcon tone={props.tone} />}
        {props.value}
      </span>
      <span className="block truncate text-12 text-ink-3">{props.note}</span>
    </Link>
  )
}

/** 56 px: how the fleet stands; every number is a filter. Quiet when healthy: a tone only where there is something. */
export function StatusLine(props: { fleet: Fleet }) {
  const { counts, clusters, queue, tenants } = props.fleet
  const failed = counts.failed ?? 0
  const provisioning = counts.provisioning ?? 0
  const away = clusters.filter(({ reachable }) => !reachable).length
  const running = queue.running + queue.undoing
  return (
    <section
      aria-label="Fleet status"
      className="grid min-h-14 shrink-0 grid-cols-[1.35fr_repeat(6,1fr)] gap-px border-b border-line bg-line max-lg:grid-cols-4 max-md:grid-cols-2"
    >
      <Figure
        value={formatCount(tenants)}
        note={`${tenants === 1 ? 'tenant' : 'tenants'} on ${clusters.length} ${clusters.length === 1 ? 'cluster' : 'clusters'}`}
        link={{ to: '/tenants' }}
      />
      <Figure
        value={formatCount(counts.active ?? 0)}
        note="active"
        link={{ to: '/tenants', search: { state: ['active'] } }}
      />
      <Figure
        value={formatCount(provisioning)}
        note="provisioning"
        tone={provisioning > 0 ? 'running' : undefined}
        link={{ to: '/tenants', search: { state: ['provisioning'] } }}
      />
      <Figure
        value={formatCount(failed)}
        note="failed"
        tone={failed > 0 ? 'failed' : undefined}
        link={{ to: '/tenants', search: { state: ['failed'] } }}
      />
      <Figure
        value={formatCount(running)}
        note={running === 1 ? 'operation running' : 'operations running'}
        link={{ to: '/operations', search: { state: ['running', 'undoing'] } }}
      />
      <Figure
        value={formatCount(queue.queued + queue.waiting)}
        note={
          queue.oldestQueued >= 1
            ? `queued, oldest ${formatDuration(Math.floor(queue.oldestQueued) * 1000).replace('.0 s', ' s')}`
            : 'queued'
        }
        tone={queue.waiting > 0 ? 'warn' : undefined}
        link={{ to: '/operations', search: { state: ['queued', 'waiting'] } }}
      />
      <Figure
        value={`${clusters.length - away} of ${clusters.length}`}
        note={clusters.length === 1 ? 'cluster reachable' : 'clusters reachable'}
        tone={away > 0 ? 'failed' : undefined}
        link={{ to: '/clusters' }}
      />
    </section>
  )
}
