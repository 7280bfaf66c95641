import { Link } from '@tanstack/react-router'
import type { TenantState } from '@tenantry/contracts'
import { TextLink } from '../../../ui/link.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { tenantLook } from '../../../ui/state-tones.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { tenantsOn } from '../cluster-words.ts'
import type { Cluster } from '../use-clusters.ts'

const order: readonly TenantState[] = ['active', 'provisioning', 'suspended', 'archived', 'purging', 'failed']

/** How many tenants it has in each state; every number is a filter. */
export function TenantsSection({ cluster }: { cluster: Cluster }) {
  const total = tenantsOn(cluster)
  return (
    <section aria-label="Tenants" className="border-b border-line">
      <SectionHeader title="Tenants" meta={formatCount(total)}>
        {total > 0 && (
          <TextLink to="/tenants" search={{ cluster: cluster.id }} className="text-12">
            Show them
          </TextLink>
        )}
      </SectionHeader>
      {total === 0 ? (
        <p className="gutter border-t border-line py-2.5 text-ink-3">No tenant is here.</p>
      ) : (
        <ul className="grid auto-cols-fr grid-flow-col border-t border-line max-md:grid-flow-row max-md:grid-cols-2">
          {order
            .filter((state) => cluster.tenants[state])
            .map((state) => (
              <li key={state} className="not-first:border-l not-first:border-line">
                <Link
                  to="/tenants"
                  search={{ cluster: cluster.id, state: [state] }}
                  className="num block px-4 py-2 hover:bg-surface-2 md:pl-5"
                >
                  <span className="flex items-center gap-1.5 text-16 font-medium tracking-tight">
                    {state !== 'active' && <StatusIcon tone={tenantLook[state].tone} />}
                    {formatCount(cluster.tenants[state] ?? 0)}
                  </span>
                  <span className="text-12 text-ink-3">{tenantLook[state].word.toLowerCase()}</span>
                </Link>
              </li>
            ))}
        </ul>
      )}
    </section>
  )
}
