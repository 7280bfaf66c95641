import { QueryPanel } from '../../../ui/query-panel.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Prose } from './prose.tsx'
import { sectionOf } from './section-of.ts'
import { useRunbook } from './use-runbook.ts'

/** What the runbook says to do, beside the incident. */
export function RunbookExcerpt(props: { runbook: string }) {
  const { query, isUnknown } = useRunbook(props.runbook)
  if (isUnknown) return <p className="text-12 text-ink-3">There is no page of this name: mend the rule.</p>
  return (
    <QueryPanel title="The runbook" query={query} skeleton={<Skeleton className="h-16" />}>
      {({ text }) => <Prose text={sectionOf(text, 'do', 'what to do') ?? text} />}
    </QueryPanel>
  )
}
