import { foundingKinds, roleNamesOf } from '@tenantry/contracts'
import type { tenantTabs } from '../../../routes/tenant.ts'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { CodeBox } from '../../../ui/code.tsx'
import { type Fact, FactGrid, FactList } from '../../../ui/facts.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { Duration, TimeStamp } from '../../../ui/time.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { useRecentOperations } from '../../operations/use-operations.ts'
import { ConnectSection } from '../lifecycle/connect-section.tsx'
import { schemaNow } from '../lifecycle/schema-now.ts'
import { useTemplate } from '../use-templates.ts'
import type { Tenant } from '../use-tenant.ts'
import { LabelsEditor } from './labels-editor.tsx'
import { NotesEditor } from './notes-editor.tsx'
import { OperationTable } from './operation-table.tsx'
import { RecentChanges } from './recent-changes.tsx'

type Tab = (typeof tenantTabs)[number]

/** The facts across the sheet: what it was built from, where it is, since when. */
function figuresOf(
  tenant: Tenant,
  relations: number | null | undefined,
  builtMs: number | undefined,
): Fact[] {
  const limited = tenant.quotas.filter(({ limit }) => limit !== null)
  return [
    {
      name: 'Template',
      value: <Mono className="text-16!">v{tenant.templateVersion}</Mono>,
      note: tenant.templateName,
    },
    {
      name: 'Relations',
      value: relations ? formatCount(relations) : '–',
      note: 'as its template promises',
    },
    {
      name: 'Fingerprint',
      value: tenant.fingerprint ? <Mono className="text-16!">{tenant.fingerprint.slice(0, 8)}</Mono> : '–',
      note: tenant.fingerprint
        ? 'verified when it was built'
        : tenant.state === 'purged'
          ? 'erased'
          : 'not built',
    },
    { name: 'Cluster', value: tenant.clusterName, note: <Mono>{schemaNow(tenant)}</Mono> },
    {
      name: 'Active since',
      value: tenant.activatedAt ? <TimeStamp at={tenant.activatedAt} form="date" /> : '–',
      note: tenant.activatedAt ? <TimeStamp at={tenant.activatedAt} form="time" withZone /> : 'not yet',
    },
    { name: 'Provisioned in', value: <Duration ms={builtMs} />, note: 'from first step to last' },
    {
      name: 'Limits',
      value: limited.length ? `${limited.length} of ${tenant.quotas.length}` : 'None',
      note: limited.length
        ? limited.map(({ title }) => title.toLowerCase()).join(', ')
        : 'nothing is limited',
    },
  ]
}

/** Room for up to six rows under the head. */
const tableHeight = (rows: number, isPhone: boolean) =>
  30 + Math.min(6, Math.max(1, rows)) * (isPhone ? 48 : 32)

/** Everything about a tenant at a glance. */
export function TenantOverview(props: { tenant: Tenant; onTab: (tab: Tab) => void }) {
  const { tenant } = props
  const template = useTemplate(tenant.templateId).data
  const version = template?.versions.find(({ version }) => version === tenant.templateVersion)
  const recent = useRecentOperations(tenant.id, 50)
  const mayNotAudit = usePermissionRefusal('audit.read')
  const isPhone = useMediaQuery('(max-width: 767px)')
  const built = recent.data?.items.find(
    ({ kind, state, tenantId }) =>
      foundingKinds.includes(kind) && state === 'succeeded' && tenantId === tenant.id,
  )
  const builtMs =
    built?.startedAt && built.finishedAt
      ? Date.parse(built.finishedAt) - Date.parse(built.startedAt)
      : undefined
  const roles = roleNamesOf(tenant.id)
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto max-md:overflow-visible">
      <FactGrid facts={figuresOf(tenant, version?.relations, builtMs)} />
      <div className="flex min-h-0 flex-1 max-lg:flex-none max-lg:flex-col">
        <div className="flex min-w-0 flex-1 flex-col">
          <SectionHeader title="Operations" meta={recent.data && `${formatCount(recent.data.total)} so far`}>
            <button
              type="button"
              className="link cursor-default text-12"
              onClick={() => props.onTab('operations')}
            >
              All operations
            </button>
          </SectionHeader>
          <div
            className="flex shrink-0 flex-col border-y border-line"
            style={{ height: tableHeight(recent.data?.items.length ?? 1, isPhone) }}
          >
            <OperationTable tenantId={tenant.id} />
          </div>
          {!mayNotAudit && (
            <>
              <SectionHeader title="Changes" meta="who did what, from the audit log">
                <button
                  type="button"
                  className="link cursor-default text-12"
                  onClick={() => props.onTab('audit')}
                >
                  All changes
                </button>
              </SectionHeader>
              <div className="border-t border-line">
                <RecentChanges tenantId={tenant.id} limit={12} />
              </div>
            </>
          )}
        </div>
        <SidePanel label="About this tenant" width={448}>
          <SideSection title="Labels">
            <LabelsEditor tenant={tenant} />
          </SideSection>
          <SideSection title="Notes">
            <NotesEditor tenant={tenant} />
          </SideSection>
          {(tenant.state === 'active' || tenant.state === 'suspended') && (
            <>
              <ConnectSection tenant={tenant} />
              <SideSection title="Roles on the cluster">
                <FactList
                  facts={[
                    { name: 'Owner of its objects', value: <Mono>{roles.owner}</Mono> },
                    { name: 'Writes', value: <Mono>{roles.writer}</Mono> },
                    { name: 'Application', value: <Mono>{roles.app}</Mono> },
                  ]}
                />
              </SideSection>
            </>
          )}
          <SideSection title="Placement">
            <p className="text-ink-2">{tenant.placementReason}</p>
          </SideSection>
          {tenant.fingerprint && (
            <SideSection title="Fingerprint">
              <CodeBox text={tenant.fingerprint} name="sha256" />
            </SideSection>
          )}
        </SidePanel>
      </div>
    </div>
  )
}
