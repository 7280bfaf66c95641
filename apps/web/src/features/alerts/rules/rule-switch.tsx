import { Checkbox } from '../../../ui/checkbox.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import type { Rule } from '../use-rules.ts'
import { useRuleRefusal, useSwitchRule } from './use-rule-acts.ts'

/** Turns a rule on and off where it stands. */
export function RuleSwitch({ rule }: { rule: Rule }) {
  const switchRule = useSwitchRule()
  const refusal = useRuleRefusal()
  const box = (
    <Checkbox
      label={rule.enabled ? `Turn “${rule.name}” off` : `Turn “${rule.name}” on`}
      checked={rule.enabled}
      onChange={(enabled) => refusal || switchRule(rule, enabled)}
      onClick={(event) => event.stopPropagation()}
    />
  )
  return refusal ? (
    <Tooltip content={refusal}>
      <span>{box}</span>
    </Tooltip>
  ) : (
    box
  )
}
