import { Link } from '@tanstack/react-router'
import { Table2 } from 'lucide-react'
import { useShortcuts } from '../../keyboard/shortcuts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { SectionHeader } from '../../ui/section-header.tsx'
import { tenantLook } from '../../ui/state-tones.ts'
import { FleetCells } from './fleet-cells.tsx'
import type { Fleet } from './fleet-changes.ts'
import { CellMark, FleetLegend, shownStates } from './fleet-legend.tsx'
import { FleetTiles } from './fleet-tiles.tsx'

/** Up to here every tenant is shown by name; beyond it as a cell, smaller as the fleet grows. */
const namedUpTo = 150
const pitchOf = (tenants: number) => (tenants <= 1500 ? 12 : tenants <= 6000 ? 8 : 6)

type Cluster = Fleet['clusters'][number]

function summary(cluster: Pick<Cluster, 'counts'>, total: number): string {
  const parts = shownStates
    .filter((state) => cluster.counts[state])
    .map((state) => `${formatCount(cluster.counts[state] ?? 0)} ${tenantLook[state].word.toLowerCase()}`)
  return `${formatCount(total)} tenants: ${parts.join(', ') || 'none'}`
}

/** The left margin of a group: its name, its size, and what is not healthy. */
function GroupLabel(props: { cluster: Cluster }) {
  const { cluster } = props
  const total = Object.values(cluster.counts).reduce((sum, count) => sum + count, 0)
  const notable = shownStates.filter((state) => state !== 'active' && (cluster.counts[state] ?? 0) > 0)
  return (
    <div className="num w-28 shrink-0 text-12 max-md:w-full max-md:pb-1">
      <h3 className="mono truncate font-medium" title={cluster.name}>
        {cluster.name}
      </h3>
      <div className="text-ink-3">{formatCount(total)}</div>
      {notable.map((state) => (
        <div key={state} className="flex items-center gap-1 whitespace-nowrap text-ink-2">
          <CellMark tone={tenantLook[state].tone} />
          {formatCount(cluster.counts[state] ?? 0)} {tenantLook[state].word.toLowerCase()}
        </div>
      ))}
    </div>
  )
}

/** The whole fleet at a glance, grouped by cluster; its twin is the list of tenants, one key away. */
export function FleetGrid(props: { fleet: Fleet; onTable: () => void }) {
  const { fleet } = props
  const isNamed = fleet.tenants <= namedUpTo
  useShortcuts([{ keys: 'v', label: 'Show the fleet as a table', group: 'Page', run: props.onTable }])
  return (
    <section aria-label="Fleet" className="flex min-w-0 flex-1 flex-col">
      <SectionHeader title="Fleet" meta="by cluster">
        <FleetLegend counts={fleet.counts} />
        <IconButton icon={Table2} size="sm" label="Show as a table" keys={['v']} onClick={props.onTable} />
      </SectionHeader>
      <div className="grid gap-2 pr-5 pb-3 pl-5">
        {fleet.clusters.map((cluster) => (
          <div key={cluster.id} className="flex min-w-0 pt-1 max-md:flex-col">
            <GroupLabel cluster={cluster} />
            <div className="min-w-0 flex-1">
              {cluster.cells.length === 0 ? (
                <p className="text-12 text-ink-3">No tenants here yet.</p>
              ) : isNamed ? (
                <FleetTiles cells={cluster.cells} />
              ) : (
                <FleetCells
                  cells={cluster.cells}
                  pitch={pitchOf(fleet.tenants)}
                  label={`${cluster.name}, ${summary(cluster, cluster.cells.length)}`}
                />
              )}
            </div>
          </div>
        ))}
        {fleet.cut && (
          <p className="text-12 text-ink-3">
            The first 20,000 tenants are drawn; counts are of all.{' '}
            <Link to="/tenants" className="link">
              Show the list
            </Link>
          </p>
        )}
      </div>
    </section>
  )
}
