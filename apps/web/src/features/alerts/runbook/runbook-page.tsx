import { runbookRoute } from '../../../routes/runbook.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { Sheet } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { Prose } from './prose.tsx'
import { useRunbook } from './use-runbook.ts'

/** What an alert means and what to do about it. */
export function RunbookPage() {
  const { key } = runbookRoute.useParams()
  const { query, isUnknown } = useRunbook(key)
  const title = query.data?.title ?? 'Runbook'
  return (
    <>
      <PageTitle title={title} parent={{ label: 'Alerts', to: '/alerts' }} />
      {isUnknown ? (
        <div className="m-5 max-w-160">
          <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such runbook</h2>
          <p className="mt-1 mb-3 text-ink-2">
            No page is called <Mono>{key}</Mono>. The rule that names it may be of another version.
          </p>
          <ButtonLink to="/alerts" search={{ tab: 'rules' }}>
            Go to the rules
          </ButtonLink>
        </div>
      ) : (
        <PanelBoundary title="The runbook">
          <QueryPanel title="The runbook" noun="this runbook" query={query}>
            {({ text }) => (
              <Sheet>
                <article className="gutter max-w-180 py-4 max-md:text-14">
                  <h2 className="mb-3 text-20 font-semibold tracking-[-0.02em]">{title}</h2>
                  <Prose text={text} />
                </article>
              </Sheet>
            )}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}
