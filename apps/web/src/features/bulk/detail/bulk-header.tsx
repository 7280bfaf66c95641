import { bulkMachine, isEverything } from '@tenantry/contracts'
import { Banner } from '../../../ui/banner.tsx'
import { type Fact, FactStrip } from '../../../ui/facts.tsx'
import { TextLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { PageHeader } from '../../../ui/page.tsx'
import { bulkLook } from '../../../ui/state-tones.ts'
import { StatusBadge } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { Elapsed, TimeStamp } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import { bulkTitle, endedOf } from '../bulk-words.ts'
import { ProgressBar } from '../progress-bar.tsx'
import type { Bulk } from '../use-bulk.ts'
import { RetryFailedButton, SteerButtons } from './bulk-acts.tsx'

/** What chose its tenants, in words. */
function choiceOf({ filter, kind }: Bulk): string {
  if (kind === 'tenant.provision') return 'rows of a file'
  if (!filter) return 'chosen one by one'
  if (isEverything(filter)) return 'every tenant'
  const { text, states, labels, clusterId, templateId } = filter
  return [
    text && `“${text}”`,
    states?.length && `state ${states.join(', ')}`,
    ...Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`),
    clusterId && 'one cluster',
    templateId && 'one template',
  ]
    .filter(Boolean)
    .join(' · ')
}

function factsOf(bulk: Bulk): Fact[] {
  const isOver = bulkMachine.final.includes(bulk.state)
  return [
    { name: 'Reason', value: bulk.reason },
    { name: 'Chosen by', value: choiceOf(bulk) },
    { name: 'Asked by', value: bulk.requestedByName },
    { name: 'Asked', value: <TimeStamp at={bulk.createdAt} withZone /> },
    { name: isOver ? 'Took' : 'Elapsed', value: <Elapsed from={bulk.createdAt} to={bulk.finishedAt} /> },
    { name: 'Rate', value: bulk.perSecond ? `${bulk.perSecond.toFixed(1)} a second` : '–' },
    ...(isOver
      ? []
      : [
          {
            name: 'Left',
            value:
              bulk.secondsLeft === null ? 'not known' : `about ${formatDuration(bulk.secondsLeft * 1000)}`,
          },
          { name: 'In flight at most', value: formatCount(bulk.window) },
        ]),
    ...(bulk.retryOf ? [linkFact('Again after', bulk.retryOf)] : []),
    ...(bulk.retriedBy ? [linkFact('Retried by', bulk.retriedBy)] : []),
  ]
}

const linkFact = (name: string, id: string): Fact => ({
  name,
  value: (
    <TextLink to="/bulks/$id" params={{ id }}>
      <Mono>{`${id.slice(0, 8)}…${id.slice(-4)}`}</Mono>
    </TextLink>
  ),
})

/** What it is, how far it is, and what one may do about it. */
export function BulkHeader({ bulk }: { bulk: Bulk }) {
  return (
    <>
      <PageHeader
        title={bulkTitle(bulk)}
        after={<StatusBadge look={bulkLook[bulk.state]} large />}
        actions={
          <>
            <RetryFailedButton bulk={bulk} />
            <SteerButtons bulk={bulk} />
          </>
        }
      >
        <div className="grid gap-3">
          <div className="flex items-center gap-3">
            <ProgressBar counts={bulk.counts} total={bulk.total} />
            <span className="num shrink-0">
              <span className="font-semibold">{formatCount(endedOf(bulk.counts))}</span>
              <span className="text-ink-3"> of {formatCount(bulk.total)} ended</span>
            </span>
          </div>
          <FactStrip facts={factsOf(bulk)} />
        </div>
      </PageHeader>
      {bulk.pauseReason && (
        <Banner tone="warn" flush>
          <span className="font-medium">Paused by Tenantry.</span> {bulk.pauseReason} Resume it when that is
          mended.
        </Banner>
      )}
      {bulk.putOff > 0 && (
        <Banner tone="note" flush>
          {formatCount(bulk.putOff)} wait because something else is at work on their tenants; they are tried
          again by themselves.
        </Banner>
      )}
    </>
  )
}
