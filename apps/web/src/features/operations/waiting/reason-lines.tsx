import type { ReactNode } from 'react'
import { TextLink } from '../../../ui/link.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import type { Tone } from '../../../ui/tone.ts'
import { sentence } from '../detail/operation-cause.tsx'
import { kindVerb, laneWords, objectOf } from '../operation-words.ts'
import { countdown } from './countdown.ts'
import type { Reason } from './use-why-waiting.ts'

/** One reason as it is read. */
export interface ReasonLine {
  readonly tone: Tone
  readonly title: ReactNode
  readonly detail: ReactNode
}

type Named = Extract<Reason, { kind: 'behind' }>['next']

function NamedLink({ operation }: { operation: Named }) {
  return (
    <TextLink to="/operations/$id" params={{ id: operation.id }}>
      {kindVerb[operation.kind].toLowerCase()} <Mono>{objectOf(operation)}</Mono>
    </TextLink>
  )
}

function listed(operations: readonly Named[]): ReactNode {
  return operations.map((operation, i) => (
    <span key={operation.id}>
      {i > 0 && ', '}
      <NamedLink operation={operation} />
    </span>
  ))
}

/** "12:03:11 (in 8 s)"; a moment that has passed has no countdown. */
function Until(props: { at: string; now: number }) {
  const left = countdown(props.at, props.now)
  return (
    <span className="num">
      <TimeStamp at={props.at} form="time" />
      {left && ` (in ${left})`}
    </span>
  )
}

/** @param now the server's, ms */
export function lineOf(reason: Reason, now: number): ReasonLine {
  switch (reason.kind) {
    case 'cancel':
      return {
        tone: 'warn',
        title: `${reason.by} cancelled it`,
        detail: (
          <>
            It stops at the next step; by force at <Until at={reason.forceAt} now={now} />.
          </>
        ),
      }
    case 'held':
      return {
        tone: 'warn',
        title: 'It waits for your decision',
        detail: `${sentence(reason.message)}. What is done was kept: mend the cause and go on from the failed step, or take back.`,
      }
    case 'unreachable':
      return {
        tone: 'failed',
        title: (
          <>
            Cluster <Mono>{reason.cluster}</Mono> does not answer
          </>
        ),
        detail: (
          <>
            {reason.fault ?? 'The last look at it failed'}
            {reason.checkedAt && (
              <>
                , looked at <TimeStamp at={reason.checkedAt} form="relative" />
              </>
            )}
            . It goes on by itself when the cluster is back.
          </>
        ),
      }
    case 'backoff':
      return {
        tone: 'warn',
        title: (
          <>
            It tries again at <Until at={reason.until} now={now} />
          </>
        ),
        detail: (
          <>
            The last attempt ended with <Mono>{reason.code}</Mono> {reason.message}.
          </>
        ),
      }
    case 'rest':
      return {
        tone: 'warn',
        title: (
          <>
            Taking back goes on at <Until at={reason.until} now={now} />
          </>
        ),
        detail: reason.message,
      }
    case 'silent':
      return {
        tone: 'failed',
        title: (
          <>
            Its worker <Mono>{reason.worker}</Mono> has fallen silent
          </>
        ),
        detail: (
          <>
            The lease was over at <TimeStamp at={reason.leaseUntil} form="time" />; another worker takes it
            over.
          </>
        ),
      }
    case 'no-worker':
      return {
        tone: 'failed',
        title: 'No worker is alive',
        detail: reason.lastSeenAt ? (
          <>
            The last one was heard of <TimeStamp at={reason.lastSeenAt} form="relative" />. Start a process
            with the role worker or all.
          </>
        ) : (
          'Start a process with the role worker or all.'
        ),
      }
    case 'hands':
      return {
        tone: 'queued',
        title: (
          <>
            All {reason.hands} hands of <Mono>{reason.cluster}</Mono> are busy
          </>
        ),
        detail: (
          <>
            With {listed(reason.operations)}
            {reason.busy > reason.operations.length && ` and ${reason.busy - reason.operations.length} more`}.
          </>
        ),
      }
    case 'behind':
      return {
        tone: 'queued',
        title: reason.count === 1 ? 'One other goes before it' : `${reason.count} others go before it`,
        detail: (
          <>
            By lane and age; the first is <NamedLink operation={reason.next} />, in the lane{' '}
            {laneWords[reason.lane].toLowerCase()}.
          </>
        ),
      }
    case 'bulk':
      return {
        tone: 'off',
        title: 'It is a child of a bulk operation',
        detail: `Whatever a person asks for by itself goes first. The bulk is ${reason.state}.`,
      }
    case 'no-job':
      return {
        tone: 'warn',
        title: 'The queue has lost its job',
        detail: `It is found and woken again within ${reason.withinSeconds} s.`,
      }
    case 'soon':
      return { tone: 'running', title: 'A worker takes it up any moment', detail: 'Nothing goes before it.' }
    case 'deadline':
      return {
        tone: 'off',
        title: (
          <>
            It gives up at <Until at={reason.at} now={now} />
          </>
        ),
        detail: 'Its deadline: however often it was tried, it has ended by then.',
      }
  }
}
