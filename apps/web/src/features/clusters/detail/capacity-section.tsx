import { SectionHeader } from '../../../ui/section-header.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { formatDuration } from '../../../ui/time-format.ts'
import { dimensionsOf, formatAmount } from '../cluster-words.ts'
import { FullnessLine } from '../fullness-meter.tsx'
import type { Cluster } from '../use-clusters.ts'

const notes: Partial<Record<string, string>> = {
  locks: 'max_locks_per_transaction × max_connections, for everybody on the server',
  connections: 'of the whole server',
  frozenAge: 'since the oldest row that is not frozen; writing ends at the end of the bar',
}

/** Everything of it that has an end, as meters; then what was measured and has none. */
export function CapacitySection({ cluster }: { cluster: Cluster }) {
  const { capacity, limits } = cluster
  const dimensions = dimensionsOf(cluster)
  const open = capacity
    ? ([
        ['relations', limits.relations === undefined, formatAmount('relations', capacity.relations)],
        [
          'database',
          limits.databaseBytes === undefined,
          formatAmount('databaseBytes', capacity.databaseBytes),
        ],
        ['catalog', limits.catalogBytes === undefined, formatAmount('catalogBytes', capacity.catalogBytes)],
        [
          'oldest transaction',
          true,
          capacity.oldestTransaction < 1 ? 'none' : formatDuration(capacity.oldestTransaction * 1000),
        ],
      ] as const)
    : []
  return (
    <section aria-label="Capacity" className="border-b border-line">
      <SectionHeader
        title="Capacity"
        meta={
          cluster.checkedAt ? (
            <>
              looked at <TimeStamp at={cluster.checkedAt} form="relative" />
            </>
          ) : undefined
        }
      />
      {!capacity && dimensions.length === 0 ? (
        <p className="gutter border-t border-line py-2.5 text-ink-3">
          Not looked at yet: a worker does it every ten seconds.
        </p>
      ) : (
        <div className="gutter border-t border-line pb-2">
          <ul className="grid grid-cols-2 gap-x-8 max-md:grid-cols-1">
            {dimensions.map((one) => {
              const note = notes[one.dimension]
              return <FullnessLine key={one.dimension} fullness={one} {...(note ? { note } : {})} />
            })}
          </ul>
          <dl className="num flex flex-wrap gap-x-6 gap-y-1 pt-1.5 text-12">
            {open
              .filter(([, isOpen]) => isOpen)
              .map(([name, , value]) => (
                <div key={name} className="flex gap-1.5">
                  <dt className="text-ink-3">{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        </div>
      )}
    </section>
  )
}
