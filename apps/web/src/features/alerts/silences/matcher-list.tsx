import { type Matcher, matcherFacts } from '@tenantry/contracts'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Select } from '../../../ui/select.tsx'
import { useMatcherValues } from './use-matcher-values.ts'
import { ValueField } from './value-field.tsx'

const factWords: Record<string, string> = {
  rule: 'Rule',
  severity: 'Severity',
  cluster: 'Cluster',
  tenant: 'Tenant',
  metric: 'Metric',
  label: 'Label',
}

/** What is looked at, line by line: all of them must hold. */
export function MatcherList(props: {
  matchers: readonly Matcher[]
  onChange: (matchers: readonly Matcher[]) => void
}) {
  const { matchers, onChange } = props
  // A line that is not whole yet stands here; only whole matchers are told.
  const [begun, setBegun] = useState<string | undefined>(matchers.length === 0 ? 'rule' : undefined)
  const { namesOf } = useMatcherValues()
  const replace = (at: number, matcher: Matcher | undefined) =>
    onChange(matchers.flatMap((one, i) => (i === at ? (matcher ? [matcher] : []) : [one])))
  return (
    <div className="grid gap-1.5">
      {matchers.map((matcher, at) => (
        <div
          key={at}
          className="relative flex flex-wrap items-start gap-1.5 rounded-md border border-line p-1.5 pr-9"
        >
          <span className="min-w-18 px-1 leading-6 font-medium">
            {factWords[matcher.fact] ?? matcher.fact.replace('label:', '')}
          </span>
          <Select
            size="sm"
            label={`Operator of line ${at + 1}`}
            value={matcher.operator}
            onChange={(operator) => replace(at, { ...matcher, operator })}
            options={[
              { value: 'is', label: 'is' },
              { value: 'is not', label: 'is not' },
            ]}
          />
          <ValueField
            name={`line ${at + 1}`}
            fact={matcher.fact}
            values={matcher.values}
            names={namesOf(matcher.fact)}
            onChange={(values) => replace(at, values.length > 0 ? { ...matcher, values } : undefined)}
          />
          <IconButton
            size="sm"
            icon={X}
            label={`Remove line ${at + 1}`}
            className="absolute! top-1.5 right-1.5"
            onClick={() => replace(at, undefined)}
          />
        </div>
      ))}
      {begun === undefined ? (
        <div>
          <Button size="sm" icon={Plus} onClick={() => setBegun('cluster')}>
            Add a line
          </Button>
        </div>
      ) : (
        <div className="relative flex flex-wrap items-start gap-1.5 rounded-md border border-dashed border-line-strong p-1.5 pr-9">
          <Select
            size="sm"
            label="Fact"
            value={begun.startsWith('label:') ? 'label' : begun}
            onChange={(fact) => setBegun(fact === 'label' ? 'label:' : fact)}
            options={[...matcherFacts, 'label'].map((fact) => ({
              value: fact,
              label: factWords[fact] ?? fact,
            }))}
          />
          <ValueField
            name="the new line"
            fact={begun}
            values={[]}
            names={namesOf(begun)}
            onChange={(values, fact = begun) => {
              onChange([...matchers, { fact, operator: 'is', values }])
              setBegun(undefined)
            }}
          />
          {matchers.length > 0 && (
            <IconButton
              size="sm"
              icon={X}
              label="Leave the new line"
              className="absolute! top-1.5 right-1.5"
              onClick={() => setBegun(undefined)}
            />
          )}
        </div>
      )}
    </div>
  )
}
