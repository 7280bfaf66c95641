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
  const query = useRunbook(key)
  return (
    <>
      <PageTitle title={query.data?.title ?? 'Runbook'} parent={{ label: 'Alerts', to: '/alerts' }} />
      <PanelBoundary title="The runbook">
        <QueryPanel title="The runbook" query={query}>
          {(page) => (
            <Sheet>
              <article className="gutter max-w-180 py-4 max-md:text-14">
                {page ? (
                  <>
                    <h2 className="mb-3 text-20 font-semibold tracking-[-0.02em]">{page.title}</h2>
                    <Prose text={page.body} />
                  </>
                ) : (
                  <>
                    <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such runbook</h2>
                    <p className="mt-1 mb-3 text-ink-2">
                      No page is called <Mono>{key}</Mono>. The rule that names it may be older than this
                      version.
                    </p>
                    <ButtonLink to="/alerts" search={{ tab: 'rules' }}>
                      Go to the rules
                    </ButtonLink>
                  </>
                )}
              </article>
            </Sheet>
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}
