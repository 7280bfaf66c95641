import type { PlacementRule } from '@tenantry/contracts'
import { ArrowUp, Plus, Trash2 } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { emptyRule, raisedRule, withoutRule, withRule } from './policy-draft.ts'

/** The rules in their order: the first that matches a tenant binds. */
export function RuleList(props: {
  rules: readonly PlacementRule[]
  onChange: (rules: readonly PlacementRule[]) => void
  refusal: string | undefined
}) {
  const { rules, onChange, refusal } = props
  return (
    <div className="grid gap-2">
      <ol className="grid gap-2">
        {rules.map((rule, at) => (
          <li key={at} className="rounded-md border border-line">
            <div className="flex items-center gap-1 border-b border-line py-1 pr-1.5 pl-3">
              <span className="num flex-1 text-12 font-medium">Rule {at + 1}</span>
              <IconButton
                icon={ArrowUp}
                size="sm"
                label={`Raise rule ${at + 1}`}
                disabledReason={refusal ?? (at === 0 ? 'It is the first.' : undefined)}
                onClick={() => onChange(raisedRule(rules, at))}
              />
              <IconButton
                icon={Trash2}
                size="sm"
                label={`Take rule ${at + 1} away`}
                disabledReason={refusal}
                onClick={() => onChange(withoutRule(rules, at))}
              />
            </div>
            <div className="grid grid-cols-2 gap-x-4 gap-y-3 px-3 py-2.5 max-md:grid-cols-1">
              {(['tenant', 'cluster'] as const).map((side) => (
                <fieldset key={side} className="min-w-0">
                  <legend className="mb-1 text-12 text-ink-3">
                    {side === 'tenant' ? 'Tenants that carry' : 'go to clusters that carry'}
                  </legend>
                  <LabelField
                    value={rule[side]}
                    onChange={(labels) => onChange(withRule(rules, at, side, labels))}
                    disabledReason={refusal}
                    name={`${side} label of rule ${at + 1}`}
                  />
                </fieldset>
              ))}
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button icon={Plus} disabledReason={refusal} onClick={() => onChange([...rules, emptyRule])}>
          Add rule
        </Button>
      </div>
    </div>
  )
}
