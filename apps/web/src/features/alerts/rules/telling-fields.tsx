import { describeSeconds, incidentGroupings, severities } from '@tenantry/contracts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Field, TextArea, TextField } from '../../../ui/field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { Select } from '../../../ui/select.tsx'
import { groupingWords, severityWord } from '../alert-words.ts'
import { type Route, useRoutes } from '../use-rules.ts'
import type { DraftProps } from './condition-fields.tsx'

/** `at once db-oncall; after 5 min Slack` */
function routeSentence(route: Route | undefined): string {
  if (!route) return 'Nobody is told yet: there is no default policy.'
  return route.steps
    .map(({ afterSeconds, targets }, step) => {
      const when = step === 0 && afterSeconds === 0 ? 'at once' : `after ${describeSeconds(afterSeconds)}`
      return `${when} ${targets.join(', ')}`
    })
    .join('; ')
}

/** How bad it is, what is one incident, who is told and what they are told to do. */
export function TellingFields({ draft, faults, onChange }: DraftProps) {
  const routes = useRoutes().data ?? []
  const standard = routes.find(({ isDefault }) => isDefault)
  const route = routes.find(({ id }) => id === draft.policyId) ?? (draft.policyId ? undefined : standard)
  return (
    <section aria-label="Who is told what" className="grid gap-3 border-t border-line pt-4">
      <h2 className="text-13 font-semibold">Who is told what</h2>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_minmax(0,1fr)] items-start gap-3 max-md:grid-cols-1">
        <Field label="Severity">
          {() => (
            <Segments
              label="Severity"
              value={draft.severity}
              onChange={(severity) => onChange({ severity })}
              options={severities.map((value) => ({ value, label: severityWord[value] }))}
            />
          )}
        </Field>
        <Field label="Grouped">
          {(ids) => (
            <Select
              id={ids.id}
              value={draft.groupBy}
              onChange={(groupBy) => onChange({ groupBy })}
              options={incidentGroupings.map((value) => ({ value, label: groupingWords[value] }))}
            />
          )}
        </Field>
        <Field label="Escalation policy" hint={routeSentence(route)} error={faults.policyId}>
          {(ids) => (
            <Select
              id={ids.id}
              value={draft.policyId}
              onChange={(policyId) => onChange({ policyId })}
              options={[
                { value: '', label: standard ? `The default: ${standard.name}` : 'The default' },
                ...routes.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      </div>
      <TextField
        label="Do first"
        hint="One sentence in every message: what stops the harm."
        value={draft.action}
        error={faults.action}
        maxLength={300}
        onChange={(event) => onChange({ action: event.target.value })}
      />
      <TextField
        label="Runbook"
        hint="A page of the console such as /docs/alerts/no-worker, or an address outside"
        value={draft.runbookUrl}
        error={faults.runbookUrl}
        onChange={(event) => onChange({ runbookUrl: event.target.value.trim() })}
        autoComplete="off"
        spellCheck={false}
      />
      <TextArea
        label="Description"
        rows={2}
        value={draft.description}
        error={faults.description}
        maxLength={500}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox carries its own name */}
      <label className="flex items-center gap-2">
        <Checkbox
          label="The rule is on"
          checked={draft.enabled}
          onChange={(enabled) => onChange({ enabled })}
        />
        The rule is on
      </label>
    </section>
  )
}
