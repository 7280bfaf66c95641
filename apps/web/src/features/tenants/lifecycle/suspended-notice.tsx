import { TimeStamp } from '../../../ui/time.tsx'
import type { Tenant } from '../use-tenant.ts'
import { ActionButton } from './action-button.tsx'
import { StateNotice } from './state-notice.tsx'
import { useLastDone } from './use-last-done.ts'

/** A suspended tenant: by whom, since when and why. */
export function SuspendedNotice(props: { tenant: Tenant }) {
  const last = useLastDone(props.tenant.id, 'tenant.suspend')?.operation
  return (
    <StateNotice
      label="Suspended"
      title={
        <>
          Suspended{last && ` by ${last.requestedByName}`}
          {last?.finishedAt && (
            <>
              {' '}
              on <TimeStamp at={last.finishedAt} withZone />
            </>
          )}
        </>
      }
      actions={
        <ActionButton action="tenant.resume" variant="primary">
          Resume…
        </ActionButton>
      }
    >
      Nobody of the tenant can log in; its data is untouched.
      {typeof last?.input.reason === 'string' && ` Reason: ${last.input.reason}`}
    </StateNotice>
  )
}
