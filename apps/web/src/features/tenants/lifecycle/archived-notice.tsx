import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp, useNow } from '../../../ui/time.tsx'
import type { Tenant } from '../use-tenant.ts'
import { ActionButton } from './action-button.tsx'
import { isKept } from './kept-words.ts'
import { schemaNow } from './schema-now.ts'
import { StateNotice } from './state-notice.tsx'
import { useLastDone } from './use-last-done.ts'

/** An archived tenant: by whom and why, where its schema rests, and until when it is kept. */
export function ArchivedNotice(props: { tenant: Tenant }) {
  const { tenant } = props
  const last = useLastDone(tenant.id, 'tenant.archive')?.operation
  const now = useNow(15_000)
  return (
    <StateNotice
      label="Archived"
      title={
        <>
          Archived{last && ` by ${last.requestedByName}`}
          {tenant.archivedAt && (
            <>
              {' '}
              on <TimeStamp at={tenant.archivedAt} withZone />
            </>
          )}
          {tenant.keptUntil && (
            <>
              , {isKept(tenant.keptUntil, now) ? 'kept until' : 'was kept until'}{' '}
              <TimeStamp at={tenant.keptUntil} withZone />
            </>
          )}
        </>
      }
      actions={
        <>
          <ActionButton action="tenant.restore" variant="primary" />
          <ActionButton action="tenant.purge" />
        </>
      }
    >
      Nobody of the tenant gets in. Its schema rests whole as <Mono>{schemaNow(tenant)}</Mono> until it is
      restored or somebody purges it.
      {typeof last?.input.reason === 'string' && ` Reason: ${last.input.reason}`}
    </StateNotice>
  )
}
