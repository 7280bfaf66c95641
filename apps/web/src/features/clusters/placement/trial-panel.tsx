import { type Labels, type PlacementPolicy, wordLabels } from '@tenantry/contracts'
import { useState } from 'react'
import { SidePanel, SideSection } from '../../../ui/side-panel.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { LabelField } from '../../tenants/label-field.tsx'
import { usePlacementTrial } from './use-placement-policy.ts'

/** "A tenant with these labels would go to …", by the policy as it stands in the editor. */
export function TrialPanel(props: { policy: PlacementPolicy | undefined; missing: string | undefined }) {
  const [labels, setLabels] = useState<Labels>({})
  const { data } = usePlacementTrial(props.policy, labels)
  const words = Object.keys(labels).length ? `A tenant with ${wordLabels(labels)}` : 'A tenant without labels'
  return (
    <SidePanel label="Try it" width={372}>
      <SideSection title="A tenant with these labels" end="nothing is made">
        <LabelField value={labels} onChange={setLabels} name="label of the tenant to try" />
      </SideSection>
      <SideSection title="would go to">
        <div role="status" aria-label="Where it would go">
          {props.missing ? (
            <p className="text-ink-3">{props.missing}</p>
          ) : data?.placement ? (
            <p className="flex items-start gap-2">
              <StatusIcon tone="ok" className="mt-[3px]" />
              <span className="min-w-0">
                {words} goes to <Mono className="font-medium">{data.placement.name}</Mono>.
                <span className="block text-12 text-ink-3">{data.placement.reason}</span>
              </span>
            </p>
          ) : data?.refusal ? (
            <p className="flex items-start gap-2">
              <StatusIcon tone="warn" className="mt-[3px]" />
              <span className="min-w-0">
                {words} goes nowhere.
                <span className="block text-12 text-ink-3">
                  {data.refusal.message} {data.refusal.action}
                </span>
              </span>
            </p>
          ) : null}
        </div>
      </SideSection>
    </SidePanel>
  )
}
