import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useLiveRow } from '../../../live/use-live.ts'
import { CodeBox } from '../../../ui/code.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { FactList } from '../../../ui/facts.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { KeyHint } from '../../../ui/key-hint.tsx'
import { ButtonLink, TextLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { tenantLook } from '../../../ui/state-tones.ts'
import { StatusBadge } from '../../../ui/status.tsx'
import { Mono, Tag } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { RecentOperations } from '../../operations/recent-operations.tsx'
import { TenantTrouble } from '../detail/tenant-trouble.tsx'
import { type Tenant, useTenant } from '../use-tenant.ts'
import type { TenantRow } from '../use-tenants.ts'

/** The tenant beside the list: what it is, what is wrong, what happened last. */
export function TenantPeek(props: {
  slug: string
  rows: readonly TenantRow[]
  onMove: (slug: string) => void
  onClose: () => void
}) {
  const query = useTenant(props.slug)
  const at = props.rows.findIndex(({ slug }) => slug === props.slug)
  const before = props.rows[at - 1]
  const after = at === -1 ? undefined : props.rows[at + 1]
  return (
    <SidePanel label={`Tenant ${props.slug}`} width={372}>
      <div className="flex h-10 shrink-0 items-center justify-end gap-1 px-3">
        <IconButton
          size="sm"
          icon={ChevronUp}
          label="Previous tenant"
          disabledReason={before ? undefined : 'This is the first one.'}
          onClick={() => before && props.onMove(before.slug)}
        />
        <IconButton
          size="sm"
          icon={ChevronDown}
          label="Next tenant"
          disabledReason={after ? undefined : 'This is the last one that is loaded.'}
          onClick={() => after && props.onMove(after.slug)}
        />
        <IconButton size="sm" icon={X} label="Close the panel" onClick={props.onClose} />
      </div>
      <PanelBoundary key={props.slug} title={`Tenant ${props.slug}`}>
        <QueryPanel title={`Tenant ${props.slug}`} noun="this tenant" query={query}>
          {(tenant) => <PeekBody tenant={tenant} />}
        </QueryPanel>
      </PanelBoundary>
    </SidePanel>
  )
}

function PeekBody(props: { tenant: Tenant }) {
  const tenant = useLiveRow(props.tenant)
  const path = `${tenant.clusterName}/${tenant.schemaName}`
  return (
    <>
      <div className="-mt-8 border-b border-line px-4 pb-3">
        <div className="flex min-h-6 flex-wrap items-center gap-1.5 pr-22">
          <StatusBadge look={tenantLook[tenant.state]} />
          {Object.entries(tenant.labels).map(([key, value]) => (
            <Tag key={key}>
              {key}={value}
            </Tag>
          ))}
        </div>
        <h2 className="mt-1.5 truncate text-16 font-semibold tracking-tight">{tenant.displayName}</h2>
        <p className="mono flex items-center gap-1 text-ink-3">
          <span className="text-ink">{tenant.slug}</span>
          <CopyButton text={tenant.slug} label="Copy the slug" className="size-5!" />
          <span className="truncate">{path}</span>
        </p>
      </div>
      {tenant.state === 'failed' && <TenantTrouble tenant={tenant} compact />}
      <SideSection title="Where it stands">
        <FactList
          facts={[
            {
              name: 'Template',
              value: (
                <>
                  {tenant.templateName} <Mono>v{tenant.templateVersion}</Mono>
                </>
              ),
            },
            {
              name: 'Fingerprint',
              value: tenant.fingerprint ? (
                <Mono>{tenant.fingerprint.slice(0, 12)}</Mono>
              ) : (
                <span className="text-ink-3">none yet</span>
              ),
            },
            {
              name: 'Active since',
              value: tenant.activatedAt ? (
                <TimeStamp at={tenant.activatedAt} withZone />
              ) : (
                <span className="text-ink-3">not yet</span>
              ),
            },
            { name: 'Owner', value: tenant.ownerName },
          ]}
        />
        <p className="mt-1.5 text-12 text-ink-3">{tenant.placementReason}</p>
      </SideSection>
      {tenant.state === 'active' && (
        <SideSection title="Connect">
          <CodeBox text={`set search_path = ${tenant.schemaName}, pg_catalog;`} />
        </SideSection>
      )}
      <SideSection
        title="Recent"
        end={
          <TextLink to="/tenants/$slug" params={{ slug: tenant.slug }} search={{ tab: 'operations' }}>
            All
          </TextLink>
        }
      >
        <RecentOperations tenantId={tenant.id} limit={5} />
      </SideSection>
      <div className="sticky bottom-0 mt-auto flex gap-2 border-t border-line bg-surface px-4 py-2.5">
        <ButtonLink to="/tenants/$slug" params={{ slug: tenant.slug }} variant="primary" className="flex-1">
          Open tenant <KeyHint keys={['enter']} />
        </ButtonLink>
      </div>
    </>
  )
}
