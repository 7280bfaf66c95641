import type { RouterOutputs } from '../../api/trpc.ts'
import { formatCount } from '../../ui/number-format.ts'
import { StatusIcon } from '../../ui/status.tsx'

type Candidate = RouterOutputs['tenants']['placement']['candidates'][number]

const option =
  'flex min-h-8 items-center gap-2.5 border-line px-3 py-1.5 not-first:border-t has-checked:bg-accent-tint has-disabled:text-ink-3 max-md:min-h-11'

/** One cluster of all: those that take no tenant say why. `automatic` offers to leave the choice to placement. */
export function ClusterChoice(props: {
  candidates: readonly Candidate[]
  chosen: string | undefined
  onChoose: (clusterId: string | undefined) => void
  /** What placement would choose and why, where it may. */
  automatic?: { readonly reason: string | undefined }
  /** Where the tenant is now: not to be chosen. */
  present?: string
}) {
  return (
    <fieldset className="min-w-0 overflow-hidden rounded-md border border-line">
      <legend className="sr-only">Cluster</legend>
      {props.automatic && (
        <label className={option}>
          <input
            type="radio"
            name="cluster"
            checked={props.chosen === undefined}
            onChange={() => props.onChoose(undefined)}
            className="accent-accent"
          />
          <span className="font-medium">Choose for me</span>
          <span className="min-w-0 flex-1 text-right text-12 text-ink-3">
            {props.automatic.reason ?? 'no cluster takes tenants now'}
          </span>
        </label>
      )}
      {props.candidates.map((cluster) => {
        const closed = cluster.id === props.present ? 'it is here now' : (cluster.closed ?? undefined)
        return (
          <label key={cluster.id} className={option}>
            <input
              type="radio"
              name="cluster"
              disabled={closed !== undefined}
              checked={props.chosen === cluster.id}
              onChange={() => props.onChoose(cluster.id)}
              className="accent-accent"
            />
            <span className="mono font-medium">{cluster.name}</span>
            <span className="num ml-auto flex items-center gap-1.5 text-12 text-ink-3">
              {closed && <StatusIcon tone={cluster.reachable ? 'off' : 'failed'} size={12} />}
              {closed ?? `${formatCount(cluster.tenants)} ${cluster.tenants === 1 ? 'tenant' : 'tenants'}`}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
