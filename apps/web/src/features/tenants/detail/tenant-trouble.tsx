import { failureClasses } from '@tenantry/contracts'
import { classNames } from '../../../ui/class-names.ts'
import { ButtonLink } from '../../../ui/link.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { placeOf, sentence } from '../../operations/detail/operation-cause.tsx'
import { RetryButton } from '../../operations/operation-acts.tsx'
import { kindVerb } from '../../operations/operation-words.ts'
import { type Operation, useOperation } from '../../operations/use-operation.ts'
import type { Tenant } from '../use-tenant.ts'
import { DiscardButton } from './discard-dialog.tsx'

/** Why a tenant is failed, how it stands now, and the two ways on. */
export function TenantTrouble(props: { tenant: Tenant; compact?: boolean }) {
  const { lastOperationId } = props.tenant
  return lastOperationId ? <Trouble {...props} operationId={lastOperationId} /> : null
}

function Trouble(props: { tenant: Tenant; compact?: boolean; operationId: string }) {
  const query = useOperation(props.operationId)
  return (
    <QueryPanel title="The failed operation" query={query} skeleton={<div className="h-24" />}>
      {(operation) => (
        <TroubleBody tenant={props.tenant} operation={operation} compact={props.compact ?? false} />
      )}
    </QueryPanel>
  )
}

/** What stands there after the failure, in a sentence. */
function standing({ state, error, kind }: Operation): string {
  if (state === 'cancelled') return 'It was cancelled before any step ran: nothing is on the cluster.'
  const subject = kind === 'tenant.discard' ? 'The sweep did not end' : 'Finished steps were taken back'
  if (error?.undone === false) return 'Something could not be taken back: leftovers remain on the cluster.'
  return kind === 'tenant.discard'
    ? `${subject}; it can be tried again.`
    : `${subject}: nothing of it is left on the cluster. The slug is kept for a retry.`
}

/** "Provision stopped at “Load seed data”" */
function headline(operation: Operation, step: string | undefined): string {
  const verb = kindVerb[operation.kind]
  if (operation.state === 'cancelled') return `${verb} was cancelled`
  return step ? `${verb} stopped at “${step}”` : `${verb} failed`
}

function TroubleBody(props: { tenant: Tenant; operation: Operation; compact: boolean }) {
  const { tenant, operation, compact } = props
  const { error } = operation
  const size = compact ? 'sm' : 'md'
  const place = error && placeOf(error)
  const title = operation.plan.find(({ name }) => name === error?.step)?.title
  return (
    <section
      role="alert"
      aria-label="Why it is failed"
      className={classNames(
        'tone-failed flex shrink-0 gap-2.5 border-b border-line bg-[color-mix(in_oklab,var(--tone)_5%,var(--surface))] py-3',
        compact ? 'px-4' : 'gutter shadow-[inset_3px_0_var(--tone)]',
      )}
    >
      <StatusIcon tone="failed" className="mt-0.75" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold break-words">{headline(operation, title)}</h3>
        {error && (
          <p className="text-12 text-ink-2">
            <Mono className="font-medium text-ink">{error.code}</Mono> {sentence(error.message)}
            {place && !error.message.includes('line') && `, in ${place}`}.{' '}
            {failureClasses[error.class].split(':')[0]?.split(';')[0]}.
          </p>
        )}
        <p className={classNames('text-ink-2', compact && 'text-12')}>
          {standing(operation)} {error?.action}
        </p>
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <RetryButton
            operation={operation}
            size={size}
            variant={compact ? 'default' : 'primary'}
            offer={!compact}
          />
          {!compact && <DiscardButton tenant={tenant} operation={operation} />}
          <ButtonLink to="/operations/$id" params={{ id: operation.id }} size={size} variant="ghost">
            Open operation
          </ButtonLink>
        </div>
      </div>
    </section>
  )
}
