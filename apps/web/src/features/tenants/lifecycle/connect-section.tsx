import { CodeBox } from '../../../ui/code.tsx'
import { SideSection } from '../../../ui/side-panel.tsx'
import { TimeStamp, useNow } from '../../../ui/time.tsx'
import type { Tenant } from '../use-tenant.ts'
import { ActionButton } from './action-button.tsx'
import { useLastDone } from './use-last-done.ts'

/** How the product gets in: as which role, issued when and by whom, or that nobody has issued anything yet. */
export function ConnectSection(props: { tenant: Tenant }) {
  const { tenant } = props
  const done = useLastDone(tenant.id, 'tenant.rotate')
  const now = useNow(15_000)
  if (done === undefined) {
    return (
      <SideSection title="Connect">
        <div className="h-16" />
      </SideSection>
    )
  }
  const isSuspended = tenant.state === 'suspended'
  const last = done?.operation
  const overlapUntil = String(last?.input.overlapUntil ?? '')
  const overlaps = (done?.times ?? 0) > 1 && Date.parse(overlapUntil) > now
  return (
    <SideSection title="Connect" {...(last ? { end: 'as the product does' } : {})}>
      <div className="grid gap-1.5">
        {last && <CodeBox name="role" text={String(last.result?.role ?? '')} />}
        <CodeBox text={`set search_path = ${tenant.schemaName}, pg_catalog;`} />
        <p className="text-ink-2">
          {last ? (
            <>
              Credentials were issued by {last.requestedByName} on{' '}
              <TimeStamp at={last.finishedAt ?? last.createdAt} withZone />; the password was shown then.
              {overlaps && (
                <>
                  {' '}
                  Those before them end at <TimeStamp at={overlapUntil} withZone />.
                </>
              )}
              {isSuspended && ' They let nobody in until the tenant is resumed.'}
            </>
          ) : (
            <>
              No credentials were issued yet: no product can log in.
              {isSuspended && ' What is issued now is good from the resume on.'}
            </>
          )}
        </p>
        <div>
          <ActionButton action="tenant.rotate" size="sm">
            {last ? 'Rotate credentials…' : 'Issue credentials…'}
          </ActionButton>
        </div>
      </div>
    </SideSection>
  )
}
