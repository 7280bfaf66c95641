import { tenantMachine } from '@tenantry/contracts'
import { lazy, Suspense } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { useLiveRow } from '../../../live/use-live.ts'
import { tenantRoute, tenantTabs } from '../../../routes/tenant.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { TabPanel, Tabs } from '../../../ui/tabs.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { TenantAlerts } from '../../alerts/tenant-alerts.tsx'
import { TenantFindings } from '../../findings/tenant-findings.tsx'
import { ArchivedNotice } from '../lifecycle/archived-notice.tsx'
import { PurgingNotice } from '../lifecycle/purging-notice.tsx'
import { RequestedStrip } from '../lifecycle/requested-strip.tsx'
import { SuspendedNotice } from '../lifecycle/suspended-notice.tsx'
import { TenantActions } from '../lifecycle/tenant-actions.tsx'
import { useFollowRename } from '../lifecycle/use-follow-rename.ts'
import { type Tenant, useTenant } from '../use-tenant.ts'
import { TenantAudit } from './tenant-audit.tsx'
import { TenantHeader } from './tenant-header.tsx'
import { TenantOperations } from './tenant-operations.tsx'
import { TenantOverview } from './tenant-overview.tsx'
import { TenantQuotas } from './tenant-quotas.tsx'
import { TenantTombstone } from './tenant-tombstone.tsx'
import { TenantTrouble } from './tenant-trouble.tsx'

// Its charts are loaded when somebody looks.
const TenantUsage = lazy(() => import('../../usage/tenant-usage.tsx'))

const parent = { label: 'Tenants', to: '/tenants' } as const
const tabWords: Record<(typeof tenantTabs)[number], string> = {
  overview: 'Overview',
  operations: 'Operations',
  usage: 'Usage',
  quotas: 'Quotas',
  audit: 'Audit',
}
const tabs = tenantTabs.map((value) => ({ value, label: tabWords[value] }))

/** One tenant, whatever has become of it. */
export function TenantPage() {
  const { slug } = tenantRoute.useParams()
  const query = useTenant(slug)
  const isUnknown = !query.data && query.error && faultOf(query.error).code === 'not_found'
  return (
    <>
      <PageTitle title={slug} mono parent={parent} />
      {isUnknown ? (
        <UnknownTenant slug={slug} />
      ) : (
        <PanelBoundary title={`Tenant ${slug}`}>
          <QueryPanel title={`Tenant ${slug}`} noun="tenants" query={query}>
            {(tenant) => <TenantBody key={tenant.id} tenant={tenant} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

function TenantBody(props: { tenant: Tenant }) {
  const tenant = useLiveRow(props.tenant)
  const { slug } = tenantRoute.useParams()
  useFollowRename(tenant, slug)
  const { tab } = tenantRoute.useSearch()
  const navigate = tenantRoute.useNavigate()
  const change = (next: typeof tab) =>
    void navigate({ search: (now) => ({ ...now, tab: next }), replace: true, resetScroll: false })
  return (
    <div className="flex min-h-0 flex-1 flex-col max-md:overflow-y-auto">
      <TenantActions tenant={tenant}>
        <TenantHeader tenant={tenant} />
        <RequestedStrip tenant={tenant} />
        <TenantAlerts tenantId={tenant.id} />
        <TenantFindings tenantId={tenant.id} />
        {tenant.state === 'failed' && <TenantTrouble tenant={tenant} />}
        {tenant.state === 'suspended' && <SuspendedNotice tenant={tenant} />}
        {tenant.state === 'archived' && <ArchivedNotice tenant={tenant} />}
        {tenant.state === 'purging' && <PurgingNotice tenant={tenant} />}
        {tenantMachine.final.includes(tenant.state) && <TenantTombstone tenant={tenant} />}
        <Tabs label="About this tenant" value={tab} onChange={change} tabs={tabs}>
          <TabPanel value="overview">
            <TenantOverview tenant={tenant} onTab={change} />
          </TabPanel>
          <TabPanel value="operations">
            <TenantOperations tenant={tenant} />
          </TabPanel>
          <TabPanel value="usage">
            <Suspense fallback={<SkeletonRows rows={6} label="Its usage is loading" />}>
              <TenantUsage tenant={tenant} />
            </Suspense>
          </TabPanel>
          <TabPanel value="quotas">
            <TenantQuotas tenant={tenant} />
          </TabPanel>
          <TabPanel value="audit">
            <TenantAudit tenant={tenant} />
          </TabPanel>
        </Tabs>
      </TenantActions>
    </div>
  )
}

function UnknownTenant(props: { slug: string }) {
  return (
    <div className="m-5 max-w-160">
      <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no tenant of this slug</h2>
      <p className="mt-1 mb-3 text-ink-2">
        <Mono>{props.slug}</Mono> is nobody’s here and never was. It may be mistyped, or of another
        installation.
      </p>
      <div className="flex gap-2">
        <ButtonLink to="/tenants" search={{ q: props.slug }}>
          Search the tenants
        </ButtonLink>
        <ButtonLink to="/tenants/new">New tenant</ButtonLink>
      </div>
    </div>
  )
}
