import { failureClasses, type OperationError, type OperationKind } from '@tenantry/contracts'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { CodeBlock } from '../../../ui/code.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { RetryButton } from '../operation-acts.tsx'
import type { Operation } from '../use-operation.ts'

function Column(props: { title: string; children: ReactNode }) {
  return (
    <div className="tone-failed min-w-0 px-5 pt-3 pb-3.5 not-first:border-[color-mix(in_oklab,var(--tone)_16%,var(--surface))] lg:not-first:border-l max-lg:not-first:border-t">
      <h3 className="mb-1 text-12 font-medium text-ink-3">{props.title}</h3>
      {props.children}
    </div>
  )
}

function Fact(props: { ok: boolean; children: ReactNode }) {
  return (
    <li className="flex gap-1.5">
      {props.ok ? (
        <StatusIcon tone="ok" className="mt-0.75" />
      ) : (
        <Icon of={TriangleAlert} className="tone-warn mt-0.75 text-tone-icon" />
      )}
      <span>{props.children}</span>
    </li>
  )
}

/** As a sentence begins. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "migration 0007_grades, statement 3, line 12" */
export function placeOf({ location }: OperationError): string | undefined {
  if (!location) return undefined
  const { migration, statement, line } = location
  const parts = [
    migration && `migration ${migration}`,
    statement !== undefined && `statement ${statement}`,
    line !== undefined && `line ${line}`,
  ].filter(Boolean)
  return parts.length ? parts.join(', ') : undefined
}

interface Standing {
  readonly ok: boolean
  readonly text: string
}

/** How a failure leaves what it was about, where that is not as it was before. */
const whatStays: Partial<Record<OperationKind, Standing>> = {
  'tenant.provision': { ok: true, text: 'The tenant is failed and keeps its slug; nobody can connect.' },
  'tenant.adopt': {
    ok: true,
    text: 'The schema is whose it was, under its old name; the tenant is failed and keeps its slug.',
  },
  'tenant.claim': {
    ok: true,
    text: 'The tenant is failed and keeps its slug; a retry builds its schema from the template.',
  },
  'spare.build': { ok: true, text: 'The warm pool tries again by itself.' },
  'spare.drop': { ok: true, text: 'The warm pool tries again by itself.' },
  'tenant.clone': {
    ok: true,
    text: 'The clone is failed and keeps its slug; the tenant it was made from is as it was.',
  },
  'tenant.discard': { ok: true, text: 'The tenant stays failed and can be discarded again.' },
  'tenant.purge': {
    ok: false,
    text: 'What was dropped is gone. The tenant stays archived, and a retry goes on.',
  },
  'template.build': { ok: true, text: 'Tenants go on with the version that was ready before.' },
}

/** What is left of it, as sentences with whether that is well. */
function standing(operation: Operation, error: OperationError): Standing[] {
  const undone = operation.steps.filter(({ direction, state }) => direction === 'down' && state === 'undone')
  if (operation.state === 'undoing')
    return [{ ok: false, text: 'Finished steps are being taken back, last first.' }]
  const kept = [
    whatStays[operation.kind] ?? { ok: true, text: 'The tenant is in the state it was in before.' },
  ]
  if (error.undone === false) {
    return [
      { ok: false, text: 'Something could not be taken back: leftovers remain on the cluster.' },
      ...kept,
    ]
  }
  const taken = undone.length
    ? `Taken back, ${undone.length} ${undone.length === 1 ? 'step' : 'steps'}: the cluster is as it was before.`
    : 'Nothing had been made that would have to be taken back.'
  return [{ ok: true, text: taken }, ...kept]
}

/** Why it failed, what that left, and what helps: over everything else on the page. */
export function OperationCause(props: { operation: Operation; error: OperationError }) {
  const { operation, error } = props
  const place = placeOf(error)
  const title = operation.plan.find(({ name }) => name === error.step)?.title
  return (
    <section
      role="alert"
      aria-label="Why it failed"
      className="tone-failed grid shrink-0 grid-cols-[1.15fr_0.9fr_1.1fr] border-b border-line bg-[color-mix(in_oklab,var(--tone)_4%,var(--surface))] shadow-[inset_3px_0_var(--tone)] max-lg:grid-cols-1"
    >
      <Column title="What happened">
        <p className="text-14 font-semibold tracking-[-0.01em] break-words">{sentence(error.message)}</p>
        <p className="mt-0.5 text-ink-2">
          <Mono className="font-medium text-ink">{error.code}</Mono> at “{title ?? error.step}”, attempt{' '}
          {error.attempt}
          {place && <>, in {place}</>}. {failureClasses[error.class].split(';')[0]?.split(':')[0]}.
        </p>
        {error.location?.sql && (
          <div className="mt-2">
            <CodeBlock text={error.location.sql} label="Copy the statement" />
          </div>
        )}
      </Column>
      <Column title="Where it stands now">
        <ul className="grid gap-0.5">
          {standing(operation, error).map(({ ok, text }) => (
            <Fact key={text} ok={ok}>
              {text}
            </Fact>
          ))}
        </ul>
      </Column>
      <Column title="What you can do">
        <p className="text-ink-2">
          {error.action ??
            (error.class === 'permanent'
              ? 'Mend what the message names, then retry: the same attempt would fail again.'
              : 'Retry: a fault like this passes.')}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          {operation.retriedBy ? (
            <ButtonLink to="/operations/$id" params={{ id: operation.retriedBy }} variant="primary">
              Open the retry
            </ButtonLink>
          ) : (
            <RetryButton operation={operation} variant="primary" />
          )}
          {operation.tenantSlug && (
            <ButtonLink to="/tenants/$slug" params={{ slug: operation.tenantSlug }}>
              Open tenant
            </ButtonLink>
          )}
        </div>
      </Column>
    </section>
  )
}
