import { Banner } from '../../../ui/banner.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { ClusterChoice } from '../cluster-choice.tsx'
import { usePlacement } from '../use-placement.ts'
import { FormSection } from './form-section.tsx'
import type { WishForm } from './wish-form.ts'

/** Where it will live: placement chooses and says why, or a person does. */
export function PlacementSection(props: { form: WishForm }) {
  const { form } = props
  const chosen = form.watch('clusterId')
  const labels = form.watch('labels')
  const query = usePlacement(chosen, labels)
  const automatic = usePlacement(undefined, labels).data?.placement
  const fault = form.formState.errors.clusterId?.message
  const choose = (clusterId: string | undefined) =>
    form.setValue('clusterId', clusterId, { shouldValidate: true, shouldDirty: true })
  return (
    <FormSection number={2} title="Placement" note="The cluster whose database holds its schema.">
      <QueryPanel title="Placement" noun="clusters" query={query} skeleton={<div className="h-17" />}>
        {({ candidates, refusal }) => (
          <>
            <div className="max-w-140">
              <ClusterChoice
                candidates={candidates}
                chosen={chosen}
                onChoose={choose}
                automatic={{ reason: automatic?.reason }}
              />
            </div>
            {(fault ?? refusal) && (
              <div className="mt-2 max-w-140">
                <Banner tone="warn">
                  {fault ?? (
                    <>
                      {refusal?.message} {refusal?.action}
                    </>
                  )}
                </Banner>
              </div>
            )}
          </>
        )}
      </QueryPanel>
    </FormSection>
  )
}
