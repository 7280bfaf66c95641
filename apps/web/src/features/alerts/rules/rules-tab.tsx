import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useShortcuts } from '../../../keyboard/shortcuts.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyFiltered, EmptyNothing } from '../../../ui/empty.tsx'
import { FilterBar } from '../../../ui/page.tsx'
import { PanelBoundary } from '../../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { standingLook } from '../alert-looks.ts'
import { type Rule, type RuleStanding, useRules } from '../use-rules.ts'
import { ruleColumns } from './rule-columns.tsx'
import { useRuleRefusal } from './use-rule-acts.ts'

const rowId = (row: Rule) => row.id
const rowName = (row: Rule) => row.name
const standings: readonly RuleStanding[] = ['firing', 'pending', 'fault', 'ok', 'disabled']
const rank = (rule: Rule) => standings.indexOf(rule.standing)

/** Every rule, those that say something first. */
export function RulesTab() {
  const query = useRules()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [standing, setStanding] = useState<RuleStanding | 'all'>('all')
  const refusal = useRuleRefusal()
  const rules = useMemo(
    () => [...(query.data ?? [])].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
    [query.data],
  )
  const shown = rules.filter(
    (rule) =>
      (standing === 'all' || rule.standing === standing) &&
      `${rule.name} ${rule.condition.metric}`.toLowerCase().includes(typed.toLowerCase()),
  )
  const open = (id: string) => void navigate({ to: '/alerts/rules/$id', params: { id } })
  useShortcuts([{ keys: 'n', label: 'New rule', group: 'Page', run: () => refusal || open('new') }])
  const clear = () => {
    setTyped('')
    setStanding('all')
  }
  return (
    <>
      <FilterBar>
        <SearchField
          label="Search rules"
          value={typed}
          onChange={setTyped}
          placeholder="Part of a name or a metric"
        />
        <Segments
          label="How they stand"
          value={standing}
          onChange={setStanding}
          options={[
            { value: 'all', label: `All ${rules.length}` },
            ...standings
              .map((value) => ({ value, count: rules.filter((rule) => rule.standing === value).length }))
              .filter(({ value, count }) => count > 0 || value === standing)
              .map(({ value, count }) => ({ value, label: `${standingLook[value].word} ${count}` })),
          ]}
        />
        <span className="ml-auto" />
        <Button variant="primary" icon={Plus} disabledReason={refusal} onClick={() => open('new')}>
          New rule
        </Button>
      </FilterBar>
      <PanelBoundary title="The list of rules">
        <QueryPanel title="The list of rules" noun="rules" query={query}>
          {() => (
            <DataTable
              label="Rules"
              columns={ruleColumns}
              rows={shown}
              rowId={rowId}
              rowName={rowName}
              onOpen={(row) => open(row.id)}
              total={shown.length}
              empty={
                rules.length > 0 ? (
                  <EmptyFiltered filters={1} onClear={clear} />
                ) : (
                  <EmptyNothing title="No rules yet">
                    A rule says when somebody is to be told of what. The built-in ones come with the first
                    start.
                  </EmptyNothing>
                )
              }
            />
          )}
        </QueryPanel>
      </PanelBoundary>
    </>
  )
}
