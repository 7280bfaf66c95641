import type { AlertRule } from '@tenantry/contracts'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { conditionSentence } from '../alert-words.ts'

/** What the rule says, in a sentence, and what it would have done. */
export function RulePreview(props: { wanted: AlertRule | undefined; missing: string | undefined }) {
  const { wanted, missing } = props
  return (
    <SidePanel label="Preview" width={448}>
      <SideSection title="It says">
        <p className="text-ink-2">{wanted ? `${conditionSentence(wanted.condition)}.` : missing}</p>
      </SideSection>
    </SidePanel>
  )
}
