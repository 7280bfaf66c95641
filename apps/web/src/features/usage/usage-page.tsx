import { metrics, type UsageRanking, usageRankings } from '@tenantry/contracts'
import { Download, Terminal } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { usageRoute } from '../../routes/usage.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyAs } from '../../ui/copy-as.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FactGrid } from '../../ui/facts.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Select } from '../../ui/select.tsx'
import { toastFailed } from '../../ui/toast.tsx'
import { ClusterUsageTable } from './cluster-usage-table.tsx'
import { downloadCsv } from './download-csv.ts'
import { NoisyTable } from './noisy-table.tsx'
import { TopTable } from './top-table.tsx'
import { bytesText } from './usage-words.ts'
import {
  type ClusterUsage,
  topCount,
  useClusterUsage,
  useExportUsage,
  useFollowUsage,
  useNoisyTenants,
  useTopTenants,
} from './use-usage.ts'

const rankings = (Object.keys(usageRankings) as UsageRanking[]).map((value) => ({
  value,
  label: metrics[usageRankings[value]].title,
}))

/** Who uses what: the largest tenants, those that disturb their neighbours, and how each cluster grows. */
export function UsagePage() {
  useFollowUsage()
  const { by } = usageRoute.useSearch()
  const navigate = usageRoute.useNavigate()
  const top = useTopTenants(by)
  const noisy = useNoisyTenants()
  const clusters = useClusterUsage()
  const [copying, setCopying] = useState(false)
  const fetchAll = useExportUsage()
  const download = () =>
    fetchAll().then(
      (rows) => downloadCsv(`usage-${new Date().toISOString().slice(0, 10)}.csv`, rows),
      (error) => toastFailed('Usage not exported', error, () => void download()),
    )
  return (
    <>
      <PageTitle title="Usage" />
      <Sheet>
        <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
          <p className="min-w-0 flex-1 text-12 text-ink-3 max-md:basis-full">
            Every tenant is looked at every ten seconds; exact sizes are taken of what has changed, and of
            everything once an hour.
          </p>
          <span className="flex gap-2">
            <Button icon={Terminal} onClick={() => setCopying(true)}>
              Copy as
            </Button>
            <Button icon={Download} onClick={() => void download()}>
              Export CSV
            </Button>
          </span>
        </div>
        <Dialog open={copying} onOpenChange={setCopying} title="The same elsewhere" width={560}>
          <CopyAs
            forms={callForms(
              { path: 'usage.top', kind: 'query', input: { by, limit: topCount } },
              location.origin,
              location.href,
            )}
          />
          <div className="h-2" />
        </Dialog>
        {clusters.data && <Sums clusters={clusters.data} />}
        <div className="grid border-b border-line xl:grid-cols-[minmax(0,1fr)_360px]">
          <section aria-label="Tenants that use the most" className="min-w-0">
            <SectionHeader
              title="The most"
              meta={
                top.data &&
                `${formatCount(top.data.items.length)} of ${formatCount(top.data.tenants)} tenants`
              }
            >
              <Select
                size="sm"
                label="By"
                value={by}
                onChange={(next) => void navigate({ search: { by: next }, replace: true })}
                options={rankings}
              />
            </SectionHeader>
            <PanelBoundary title="The largest tenants">
              <QueryPanel title="The largest tenants" noun="usage" query={top}>
                {(data) => <TopTable top={data} />}
              </QueryPanel>
            </PanelBoundary>
          </section>
          <section aria-label="Noisy neighbours" className="min-w-0 border-line max-xl:border-t xl:border-l">
            <SectionHeader title="Noisy neighbours" meta="last hour" />
            <PanelBoundary title="Noisy neighbours">
              <QueryPanel title="Noisy neighbours" noun="usage" query={noisy}>
                {(data) => <NoisyTable noisy={data} />}
              </QueryPanel>
            </PanelBoundary>
          </section>
        </div>
        <section aria-label="Clusters">
          <SectionHeader title="Clusters" />
          <PanelBoundary title="Clusters">
            <QueryPanel title="Clusters" noun="usage" query={clusters}>
              {(data) => <ClusterUsageTable clusters={data} />}
            </QueryPanel>
          </PanelBoundary>
        </section>
      </Sheet>
    </>
  )
}

function Sums({ clusters }: { clusters: readonly ClusterUsage[] }) {
  const sum = (of: (cluster: ClusterUsage) => number) => clusters.reduce((all, one) => all + of(one), 0)
  return (
    <FactGrid
      facts={[
        { name: 'Storage', value: bytesText(sum(({ bytes }) => bytes)), note: 'tables, indexes, TOAST' },
        { name: 'Rows', value: formatCount(sum(({ rows }) => rows)), note: 'estimated' },
        {
          name: 'Connections',
          value: formatCount(sum(({ connections }) => connections)),
          note: 'of tenants, now',
        },
        {
          name: 'Relations',
          value: formatCount(sum(({ capacity }) => capacity?.relations ?? 0)),
          note: 'with those of the catalogs',
        },
        {
          name: 'Tenants',
          value: formatCount(sum(({ tenants }) => tenants)),
          note: `on ${clusters.length} ${clusters.length === 1 ? 'cluster' : 'clusters'}`,
        },
      ]}
    />
  )
}
