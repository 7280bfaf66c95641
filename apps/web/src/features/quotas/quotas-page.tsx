import { Terminal } from 'lucide-react'
import { useState } from 'react'
import { callForms } from '../../api/call-forms.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyAs } from '../../ui/copy-as.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Sheet } from '../../ui/page.tsx'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { OverSection } from './over-section.tsx'
import { PlansSection } from './plans-section.tsx'

const example = {
  name: 'Campus',
  description: '',
  limits: [{ resource: 'storage_bytes', limit: 20_000_000_000, graceSeconds: 86_400 }],
}

/** What tenants may use, and who is near or over it. */
export function QuotasPage() {
  const [copying, setCopying] = useState(false)
  return (
    <>
      <PageTitle title="Quotas" />
      <Sheet>
        <div className="gutter flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
          <p className="min-w-0 flex-1 text-12 text-ink-3">
            Storage is measured, and writing stops when it is full; reading and deleting go on. PostgreSQL
            itself refuses relations, connections and temporary files beyond their limit.
          </p>
          <Button icon={Terminal} onClick={() => setCopying(true)}>
            Copy as
          </Button>
        </div>
        <Dialog open={copying} onOpenChange={setCopying} title="A plan elsewhere" width={560}>
          <CopyAs
            forms={callForms(
              { path: 'quotas.setPlan', kind: 'mutation', input: example },
              location.origin,
              location.href,
            )}
          />
          <div className="h-2" />
        </Dialog>
        <PanelBoundary title="Plans">
          <PlansSection />
        </PanelBoundary>
        <PanelBoundary title="Who is near a limit">
          <OverSection />
        </PanelBoundary>
      </Sheet>
    </>
  )
}
