import { formatCount } from '../../../ui/number-format.ts'
import { tenantLook } from '../../../ui/state-tones.ts'
import { Status } from '../../../ui/status.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { ImpactGrid } from '../../tenants/lifecycle/impact-grid.tsx'
import { tenants } from '../bulk-words.ts'
import type { BulkPreview } from './use-bulk-preview.ts'

/** How many, of which state, on which cluster, and who is left out and why. */
export function PreviewImpact({ preview, effect }: { preview: BulkPreview; effect: string }) {
  const clusters = preview.byCluster.slice(0, 4)
  const more = preview.byCluster.length - clusters.length
  return (
    <>
      <ImpactGrid
        impacts={[
          { value: tenants(preview.count), note: effect },
          {
            value: (
              <span className="grid gap-0.5 text-13 font-normal">
                {preview.byState.map(({ state, count }) => (
                  <Status key={state} look={tenantLook[state]}>
                    {formatCount(count)} {tenantLook[state].word.toLowerCase()}
                  </Status>
                ))}
              </span>
            ),
            note: 'as they are now',
          },
          {
            value: (
              <span className="grid gap-0.5 text-13 font-normal">
                {clusters.map(({ clusterId, name, count }) => (
                  <span key={clusterId}>
                    {formatCount(count)} on <Mono>{name}</Mono>
                  </span>
                ))}
                {more > 0 && <span>and {more} more clusters</span>}
              </span>
            ),
            note: 'where they are',
          },
        ]}
      />
      {preview.leftOut.map(({ reason, count, examples }) => (
        <p key={reason} className="text-12 text-ink-2">
          <span className="font-medium text-ink">{tenants(count)} left out.</span> {reason}{' '}
          <span className="text-ink-3">
            <Mono>{examples.join(', ')}</Mono>
            {count > examples.length && ' …'}
          </span>
        </p>
      ))}
    </>
  )
}
