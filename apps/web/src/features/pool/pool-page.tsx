import { Terminal } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyAs } from '../../ui/copy-as.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyNothing } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TemplatePoolTable } from './template-pool-table.tsx'
import { usePool } from './use-pool.ts'

/** How many ready schemas wait of each template on each cluster, and how many are to. */
export function PoolPage() {
  const query = usePool()
  const [copying, setCopying] = useState(false)
  const first = query.data?.[0]
  const input = { templateId: first?.templateId ?? '', clusterId: null, size: first?.commonSize ?? 5 }
  return (
    <>
      <PageTitle title="Warm pool" />
      <Sheet>
        <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
          <p className="min-w-0 flex-1 text-12 text-ink-3">
            Schemas that are built and verified and belong to nobody yet: a sign-up takes one by renaming it.
            When a template moves on, they are rebuilt from its newest version.
          </p>
          <Button
            icon={Terminal}
            disabledReason={first ? undefined : 'There is no template yet.'}
            onClick={() => setCopying(true)}
          >
            Copy as
          </Button>
        </div>
        <Dialog open={copying} onOpenChange={setCopying} title="This size elsewhere" width={560}>
          <CopyAs
            forms={callForms({ path: 'pool.set', kind: 'mutation', input }, location.origin, location.href)}
          />
          <div className="h-2" />
        </Dialog>
        <PanelBoundary title="The warm pool">
          <QueryPanel title="The warm pool" noun="the warm pool" query={query}>
            {(pools) =>
              pools.length === 0 ? (
                <EmptyNothing title="No templates yet">
                  A pool is kept of a template, on a cluster. Publish a template through the API as{' '}
                  <Mono>templates.publish</Mono>, then say here how many schemas of it are to wait.
                </EmptyNothing>
              ) : (
                pools.map((pool) => <TemplatePoolTable key={pool.templateId} pool={pool} />)
              )
            }
          </QueryPanel>
        </PanelBoundary>
      </Sheet>
    </>
  )
}
