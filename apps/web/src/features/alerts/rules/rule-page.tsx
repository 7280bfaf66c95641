import { useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { alertRuleRoute } from '../../../routes/alert-rule.ts'
import { PageTitle } from '../../../shell/page-title.tsx'
import { ButtonLink } from '../../../ui/link.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { useAlertNews } from '../use-alerts.ts'
import { type Rule, useRule } from '../use-rules.ts'
import { copyOf, draftOf, emptyDraft, type RuleDraft } from './rule-draft.ts'
import { RuleEditor } from './rule-editor.tsx'

const parent = { label: 'Alerts', to: '/alerts' } as const

/** A rule in its editor: an existing one, a copy, or a new one. */
export function RulePage() {
  const { id } = alertRuleRoute.useParams()
  const { from } = alertRuleRoute.useSearch()
  useAlertNews()
  if (id === 'new' && !from) {
    return (
      <>
        <PageTitle title="New rule" parent={parent} />
        <PanelBoundary title="The rule">
          <RuleEditor start={emptyDraft} />
        </PanelBoundary>
      </>
    )
  }
  return <Known key={`${id} ${from}`} id={id === 'new' ? from : id} isCopy={id === 'new'} />
}

function Known(props: { id: string; isCopy: boolean }) {
  const query = useRule(props.id)
  const code = query.error ? faultOf(query.error).code : undefined
  const title = props.isCopy ? 'New rule' : (query.data?.name ?? 'Rule')
  return (
    <>
      <PageTitle title={title} parent={parent} />
      {!query.data && (code === 'not_found' || code === 'invalid_input') ? (
        <div className="m-5 max-w-160">
          <h2 className="text-20 font-semibold tracking-[-0.02em]">There is no such rule</h2>
          <p className="mt-1 mb-3 text-ink-2">It may have been removed; the audit log keeps what it said.</p>
          <ButtonLink to="/alerts" search={{ tab: 'rules' }}>
            Go to the rules
          </ButtonLink>
        </div>
      ) : (
        <PanelBoundary title="The rule">
          <QueryPanel title="The rule" noun="this rule" query={query}>
            {(rule) => <Opened rule={rule} isCopy={props.isCopy} />}
          </QueryPanel>
        </PanelBoundary>
      )}
    </>
  )
}

/** Keeps what is being written while the rule is asked for again; a version saved meanwhile is refused by the server. */
function Opened(props: { rule: Rule; isCopy: boolean }) {
  const [start] = useState<RuleDraft>(() => (props.isCopy ? copyOf(props.rule) : draftOf(props.rule)))
  return <RuleEditor start={start} {...(props.isCopy ? {} : { rule: props.rule })} />
}
