import { ButtonLink } from '../../../ui/link.tsx'
import { tenantLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { useRecentOperations } from '../../operations/use-operations.ts'
import type { Tenant } from '../use-tenant.ts'

/** Over the page of a tenant that is no more: who gave it up and when, and what stays. */
export function TenantTombstone(props: { tenant: Tenant }) {
  const { tenant } = props
  const { word } = tenantLook[tenant.state]
  const last = useRecentOperations(tenant.id, 1).data?.items[0]
  return (
    <section
      aria-label={word}
      className="tone-off gutter flex shrink-0 gap-2.5 border-b border-line bg-surface-2 py-3 shadow-[inset_3px_0_var(--tone)]"
    >
      <StatusIcon tone="off" className="mt-0.75" />
      <div>
        <h3 className="font-semibold">
          {word}
          {last && ` by ${last.requestedByName}`}
          {last?.finishedAt && (
            <>
              {' '}
              on <TimeStamp at={last.finishedAt} withZone />
            </>
          )}
        </h3>
        <p className="text-ink-2">
          Nothing of it is left on <Mono>{tenant.clusterName}</Mono>, and <Mono>{tenant.slug}</Mono> can be
          used again. Its operations and its audit log stay below.
        </p>
        <div className="mt-2 flex gap-2">
          <ButtonLink to="/tenants/new" search={{ slug: tenant.slug }}>
            Create a tenant of this slug
          </ButtonLink>
          {last && (
            <ButtonLink to="/operations/$id" params={{ id: last.id }} variant="ghost">
              Open the operation
            </ButtonLink>
          )}
        </div>
      </div>
    </section>
  )
}
