import type { FindingDetail, FindingFacts } from '@tenantry/contracts'
import { Mono } from '../../ui/tag.tsx'

const words = (value: FindingFacts[string] | undefined): readonly string[] => {
  if (value === undefined) return []
  if (value === null) return ['none']
  if (typeof value === 'boolean') return [value ? 'yes' : 'no']
  if (typeof value === 'object') return value.length ? value : ['none']
  return [String(value)]
}

function Side(props: { title: string; facts: FindingFacts }) {
  return (
    <div className="min-w-0 px-4 py-2.5 not-first:border-l not-first:border-line">
      <h3 className="mb-1.5 text-12 font-medium text-ink-3">{props.title}</h3>
      <dl className="grid gap-1.5">
        {Object.entries(props.facts).map(([name, value]) => (
          <div key={name}>
            <dt className="text-12 text-ink-3">{name}</dt>
            {words(value).map((word) => (
              <dd key={word} className="break-words">
                <Mono className="[overflow-wrap:anywhere]">{word}</Mono>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  )
}

/** What the registry says and what the cluster says, side by side. */
export function TwoSides(props: { detail: FindingDetail }) {
  return (
    <div className="grid grid-cols-2 border-b border-line">
      <Side title="The registry says" facts={props.detail.registry} />
      <Side title="The cluster says" facts={props.detail.cluster} />
    </div>
  )
}
