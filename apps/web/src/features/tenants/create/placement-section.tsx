import { Banner } from '../../../ui/banner.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { StatusIcon } from '../../../ui/status.tsx'
import { usePlacement } from '../use-placement.ts'
import { FormSection } from './form-section.tsx'
import type { WishForm } from './wish-form.ts'

const option =
  'flex min-h-8 items-center gap-2.5 border-line px-3 py-1.5 not-first:border-t has-checked:bg-accent-tint has-disabled:text-ink-3 max-md:min-h-11'

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
            <fieldset className="max-w-140 min-w-0 overflow-hidden rounded-md border border-line">
              <legend className="sr-only">Cluster</legend>
              <label className={option}>
                <input
                  type="radio"
                  name="cluster"
                  checked={chosen === undefined}
                  onChange={() => choose(undefined)}
                  className="accent-accent"
                />
                <span className="font-medium">Choose for me</span>
                <span className="min-w-0 flex-1 text-right text-12 text-ink-3">
                  {automatic?.reason ?? 'no cluster takes tenants now'}
                </span>
              </label>
              {candidates.map((cluster) => {
                const isOpen = cluster.closed === null
                return (
                  <label key={cluster.id} className={option}>
                    <input
                      type="radio"
                      name="cluster"
                      disabled={!isOpen}
                      checked={chosen === cluster.id}
                      onChange={() => choose(cluster.id)}
                      className="accent-accent"
                    />
                    <span className="mono font-medium">{cluster.name}</span>
                    <span className="num ml-auto flex items-center gap-1.5 text-12 text-ink-3">
                      {!isOpen && <StatusIcon tone={cluster.reachable ? 'off' : 'failed'} size={12} />}
                      {cluster.closed ??
                        `${formatCount(cluster.tenants)} ${cluster.tenants === 1 ? 'tenant' : 'tenants'}`}
                    </span>
                  </label>
                )
              })}
            </fieldset>
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
