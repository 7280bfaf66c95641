import type { ReactNode } from 'react'
import { classNames } from '../../../ui/class-names.ts'
import { ButtonLink } from '../../../ui/link.tsx'
import { operationLook, tenantLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import type { Tone } from '../../../ui/tone.ts'
import { sentence } from '../../operations/detail/operation-cause.tsx'
import { RetryButton } from '../../operations/operation-acts.tsx'
import { progressWords } from '../../operations/timeline/lay-out-timeline.ts'
import { type Operation, useOperation } from '../../operations/use-operation.ts'
import type { Tenant } from '../use-tenant.ts'
import { lifecycleActions, requestedAs } from './action-words.ts'

/** What was asked for beside what is: while an operation is at work, and after one that failed. */
export function RequestedStrip(props: { tenant: Tenant }) {
  const { operation, lastOperationId } = props.tenant
  const id = operation?.id ?? lastOperationId
  return id ? <Strip key={id} tenant={props.tenant} operationId={id} /> : null
}

function Strip(props: { tenant: Tenant; operationId: string }) {
  const { tenant } = props
  const operation = useOperation(props.operationId).data
  if (!operation) return null
  const actual = tenantLook[tenant.state].word.toLowerCase()
  if (!operation.finishedAt) {
    return (
      <StripFrame tone={operationLook[operation.state].tone} operation={operation}>
        <Requested operation={operation} /> <span className="text-ink-3">· Actual:</span> {actual}, operation{' '}
        {operationLook[operation.state].word.toLowerCase()}
        {operation.state === 'running' && progressWords(operation) && `, ${progressWords(operation)}`}
      </StripFrame>
    )
  }
  // How a failed provision, clone or discard stands, the page says at length.
  if (operation.state !== 'failed' || operation.kind === 'tenant.clone') return null
  if (!lifecycleActions.some((action) => action === operation.kind)) return null
  return (
    <StripFrame tone="failed" operation={operation} action={<RetryButton operation={operation} size="sm" />}>
      <Requested operation={operation} /> <span className="text-ink-3">· Actual:</span> still {actual}
      {operation.error && (
        <>
          {'. '}
          <Mono>{operation.error.code}</Mono> {sentence(operation.error.message)}
        </>
      )}
    </StripFrame>
  )
}

function Requested({ operation }: { operation: Operation }) {
  const to = operation.kind === 'tenant.rename' ? String(operation.input.slug ?? '') : ''
  return (
    <>
      <span className="text-ink-3">Requested:</span>{' '}
      <span className="font-medium">
        {requestedAs[operation.kind]}
        {to && (
          <>
            {' '}
            to <Mono>{to}</Mono>
          </>
        )}
      </span>{' '}
      by {operation.requestedByName}
    </>
  )
}

function StripFrame(props: { tone: Tone; operation: Operation; action?: ReactNode; children: ReactNode }) {
  const isFailed = props.tone === 'failed'
  return (
    <div
      role={isFailed ? 'alert' : 'status'}
      className={classNames(
        `tone-${props.tone} gutter flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line py-1.5`,
        isFailed && 'bg-[color-mix(in_oklab,var(--tone)_5%,var(--surface))]',
      )}
    >
      <StatusIcon tone={props.tone} />
      <p className="num min-w-0 flex-1 break-words">{props.children}</p>
      {props.action}
      <ButtonLink to="/operations/$id" params={{ id: props.operation.id }} size="sm">
        {isFailed ? 'Open operation' : 'Watch the operation'}
      </ButtonLink>
    </div>
  )
}
