import { TextLink } from '../../../ui/link.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Prose } from './prose.tsx'
import { useRunbook } from './use-runbook.ts'

/** What the runbook says to do, beside the incident. */
export function RunbookExcerpt(props: { runbook: string }) {
  const query = useRunbook(props.runbook)
  return (
    <QueryPanel title="The runbook" query={query} skeleton={<Skeleton className="h-16" />}>
      {(page) =>
        page ? (
          <Prose text={page.sections.get('do') ?? page.sections.get('what to do') ?? page.body} />
        ) : (
          <p className="text-12 text-ink-3">
            There is no page of this name.{' '}
            <TextLink to="/alerts" search={{ tab: 'rules' }}>
              Mend the rule
            </TextLink>
          </p>
        )
      }
    </QueryPanel>
  )
}
