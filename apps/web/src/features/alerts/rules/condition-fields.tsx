import { type AlertConditionKind, type MetricName, metricNames, metrics, scopeOf } from '@tenantry/contracts'
import { Field, TextField } from '../../../ui/field.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { Select } from '../../../ui/select.tsx'
import { conditionKinds } from '../alert-words.ts'
import { amountExample } from '../amounts.ts'
import { type DraftFaults, type RuleDraft, unitOf } from './rule-draft.ts'

export interface DraftProps {
  readonly draft: RuleDraft
  readonly faults: DraftFaults
  readonly onChange: (over: Partial<RuleDraft>) => void
}

const scopeWords = { tenant: 'tenants', cluster: 'clusters', fleet: 'the fleet' } as const
const metricOptions = metricNames.map((name) => ({
  value: name,
  label: `${metrics[name].title}, of ${scopeWords[scopeOf(name)]}`,
  note: name,
}))

/** What is measured and when that is too much: the fields that this kind of condition has. */
export function ConditionFields({ draft, faults, onChange }: DraftProps) {
  const { kind } = draft
  const kinds = Object.keys(conditionKinds) as AlertConditionKind[]
  const unit = unitOf(kind, draft.metric)
  const example = `Such as ${amountExample[unit]}${kind === 'rate' ? ', a second' : ''}`
  return (
    <section aria-label="When it fires" className="grid gap-3">
      <h2 className="text-13 font-semibold">When it fires</h2>
      <TextField
        label="Name"
        value={draft.name}
        error={faults.name}
        maxLength={80}
        onChange={(event) => onChange({ name: event.target.value })}
        autoComplete="off"
      />
      <div>
        <Segments
          label="Kind of condition"
          value={kind}
          onChange={(next) => onChange({ kind: next })}
          options={kinds.map((value) => ({ value, label: conditionKinds[value].title }))}
        />
        <p className="mt-1 text-12 text-ink-3">{conditionKinds[kind].note}</p>
      </div>
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        <MetricField
          label="Metric"
          value={draft.metric}
          error={faults.metric}
          onChange={(metric) => onChange({ metric })}
        />
        {kind === 'ratio' && (
          <MetricField
            label="Divided by"
            value={draft.of}
            error={faults.of}
            onChange={(of) => onChange({ of })}
          />
        )}
      </div>
      {kind !== 'absence' && (
        <div className="grid grid-cols-[auto_minmax(0,1fr)_minmax(0,1fr)] items-start gap-3 max-md:grid-cols-1">
          <Field label="Is">
            {() => (
              <Segments
                label="Above or below"
                value={draft.operator}
                onChange={(operator) => onChange({ operator })}
                options={[
                  { value: 'above', label: 'above' },
                  { value: 'below', label: 'below' },
                ]}
              />
            )}
          </Field>
          <Line name="value" label="Limit" hint={example} {...{ draft, faults, onChange }} />
          {kind !== 'forecast' && (
            <Line
              name="clear"
              label="Over again at"
              hint="On the other side of the limit; empty: the same"
              {...{ draft, faults, onChange }}
            />
          )}
        </div>
      )}
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        {kind === 'absence' && (
          <Line
            name="absent"
            label="Not measured for"
            hint="Such as 10 min"
            {...{ draft, faults, onChange }}
          />
        )}
        {(kind === 'rate' || kind === 'ratio' || kind === 'forecast') && (
          <Line
            name="window"
            label={kind === 'forecast' ? 'Going on as in the last' : 'Over the last'}
            hint="Such as 15 min"
            {...{ draft, faults, onChange }}
          />
        )}
        {kind === 'forecast' && (
          <Line
            name="within"
            label="It crosses the limit within"
            hint="Such as 3 d"
            {...{ draft, faults, onChange }}
          />
        )}
        {kind === 'ratio' && (
          <Line
            name="least"
            label="Counts from"
            hint="So many of the second, so that 1 of 1 is no disaster"
            {...{ draft, faults, onChange }}
          />
        )}
        <Line
          name="lasts"
          label="It must hold for"
          hint="Before it fires; 0 s: at once"
          {...{ draft, faults, onChange }}
        />
        <Line
          name="keep"
          label="It must be clear for"
          hint="Before it is over: damps flapping"
          {...{ draft, faults, onChange }}
        />
      </div>
    </section>
  )
}

type Typed = 'value' | 'clear' | 'window' | 'within' | 'absent' | 'least' | 'lasts' | 'keep'

function Line(props: DraftProps & { name: Typed; label: string; hint: string }) {
  const { name, label, hint, draft, faults, onChange } = props
  return (
    <TextField
      label={label}
      hint={hint}
      error={faults[name]}
      value={draft[name]}
      onChange={(event) => onChange({ [name]: event.target.value })}
      autoComplete="off"
      inputMode="text"
    />
  )
}

function MetricField(props: {
  label: string
  value: MetricName
  error: string | undefined
  onChange: (metric: MetricName) => void
}) {
  return (
    <Field label={props.label} hint={props.value} error={props.error}>
      {(ids) => <Select id={ids.id} value={props.value} onChange={props.onChange} options={metricOptions} />}
    </Field>
  )
}
