import { isFinal, isHeld, laneOf } from '@tenantry/contracts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { type Fact, FactStrip } from '../../../ui/facts.tsx'
import { TextLink } from '../../../ui/link.tsx'
import { PageHeader } from '../../../ui/page.tsx'
import { operationLook } from '../../../ui/state-tones.ts'
import { StatusBadge } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { Duration, Elapsed, TimeStamp, useNow } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import { HurryButton, PrioritiseButton } from '../acts/waiting-acts.tsx'
import { CancelButton, RetryButton } from '../operation-acts.tsx'
import { kindVerb, laneWords, objectOf } from '../operation-words.ts'
import { progressWords } from '../timeline/lay-out-timeline.ts'
import type { Operation } from '../use-operation.ts'
import { countdown } from '../waiting/countdown.ts'

/** The badge's words: the state, and how far. */
function stateWords(operation: Operation, now: number): string {
  const { word } = operationLook[operation.state]
  const where = progressWords(operation)
  if (operation.state === 'queued') {
    const before = operation.queuedBefore ?? 0
    return before > 0 ? `Queued, ${before} before it` : 'Queued, next on its cluster'
  }
  if (operation.cancelForceAt && !isFinal(operation.state)) {
    if (operation.state !== 'running') return 'Cancelled, being taken back'
    const left = countdown(operation.cancelForceAt, now)
    return left ? `Stopping, by force in ${left}` : 'Stopping by force'
  }
  if (operation.state === 'waiting') {
    if (operation.dueAt === null)
      return where ? `Stopped at ${where}, kept for you` : 'Kept for you to decide'
    const left = countdown(operation.dueAt, now)
    return left ? `Waiting, tries again in ${left}` : 'Waiting for a worker'
  }
  if (operation.state === 'failed' && where) return `Failed at ${where}`
  return where ? `${word} ${where}` : word
}

/** How much longer, by the p50 of others. */
function Left(props: { operation: Operation; now: number }) {
  const { startedAt, typical } = props.operation
  if (typical.total === null || !startedAt) return <span className="text-ink-3">not known yet</span>
  const left = typical.total * 1000 - (props.now - Date.parse(startedAt))
  return left > 0 ? <span>about {formatDuration(left)}</span> : <span>longer than most</span>
}

function factsOf(operation: Operation, now: number): Fact[] {
  const { startedAt, finishedAt, state } = operation
  const over = isFinal(state)
  return [
    operation.tenantSlug
      ? {
          name: 'Tenant',
          value: (
            <TextLink to="/tenants/$slug" params={{ slug: operation.tenantSlug }}>
              <Mono>{operation.tenantSlug}</Mono>
            </TextLink>
          ),
        }
      : { name: 'Template', value: <Mono>{operation.templateSlug}</Mono> },
    { name: 'Cluster', value: <Mono>{operation.clusterName}</Mono> },
    { name: 'Asked by', value: operation.requestedByName },
    { name: 'Asked', value: <TimeStamp at={operation.createdAt} withZone /> },
    {
      name: 'Waited',
      value: startedAt ? (
        <Elapsed from={operation.createdAt} to={startedAt} />
      ) : over ? (
        <Duration ms={null} />
      ) : (
        <Duration ms={Math.max(0, now - Date.parse(operation.createdAt))} />
      ),
    },
    {
      name: over ? 'Took' : 'Elapsed',
      value: startedAt ? (
        <span className="font-semibold">
          <Duration ms={Math.max(0, (finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt))} />
        </span>
      ) : (
        <Duration ms={null} />
      ),
    },
    ...(over || isHeld(operation) || operation.typical.operations === 0
      ? []
      : [
          {
            name: `Left, from ${operation.typical.operations} runs`,
            value: <Left operation={operation} now={now} />,
          },
        ]),
    { name: 'Lane', value: laneWords[laneOf(operation.priority)] },
    { name: 'Attempt', value: `${operation.attempt || '–'} of ${operation.maxAttempts}` },
    ...(operation.retryOf
      ? [
          {
            name: 'Again after',
            value: (
              <TextLink to="/operations/$id" params={{ id: operation.retryOf }}>
                <Mono>{shortId(operation.retryOf)}</Mono>
              </TextLink>
            ),
          },
        ]
      : []),
    ...(operation.bulkId
      ? [
          {
            name: 'Part of',
            value: (
              <TextLink to="/bulks/$id" params={{ id: operation.bulkId }}>
                <Mono>{shortId(operation.bulkId)}</Mono>
              </TextLink>
            ),
          },
        ]
      : []),
    ...(operation.requestId
      ? [
          {
            name: 'Request',
            value: (
              <span className="inline-flex items-center gap-1">
                <Mono>{shortId(operation.requestId)}</Mono>
                <CopyButton text={operation.requestId} label="Copy the request id" className="size-5!" />
              </span>
            ),
          },
        ]
      : []),
  ]
}

const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id)

/** What it is, where it stands, and what one may do about it. */
export function OperationHeader(props: { operation: Operation; skewMs: number }) {
  const { operation } = props
  const now = useNow(isFinal(operation.state) ? 0 : 200) - props.skewMs
  return (
    <PageHeader
      title={
        <>
          {kindVerb[operation.kind]}{' '}
          <span className="mono text-[18px]! tracking-[-0.03em]!">{objectOf(operation)}</span>
        </>
      }
      after={
        <StatusBadge look={operationLook[operation.state]} large>
          {stateWords(operation, now)}
        </StatusBadge>
      }
      actions={
        <>
          {operation.state === 'queued' && <PrioritiseButton operation={operation} />}
          {operation.state === 'waiting' ? (
            <HurryButton operation={operation} />
          ) : (
            <RetryButton operation={operation} offer />
          )}
          <CancelButton operation={operation} />
        </>
      }
    >
      <FactStrip facts={factsOf(operation, now)} />
    </PageHeader>
  )
}
