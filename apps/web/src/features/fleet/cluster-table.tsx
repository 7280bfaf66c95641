import { Link } from '@tanstack/react-router'
import { formatBytes, formatCount } from '../../ui/number-format.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { StatusBadge } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { fullestDimension } from '../clusters/cluster-words.ts'
import { FullnessCell } from '../clusters/fullness-meter.tsx'
import { type ClusterFacts, useClusters } from './use-clusters.ts'

const head = 'h-7 px-2 text-left text-12 font-medium text-ink-3 first:pl-5 last:pr-5'
const cell = 'h-9 border-t border-line px-2 whitespace-nowrap first:pl-5 last:pr-5'

function Row(props: { cluster: ClusterFacts }) {
  const { cluster } = props
  const { capacity } = cluster
  const size = capacity && formatBytes(capacity.databaseBytes)
  const tenants = Object.values(cluster.tenants).reduce((sum, count) => sum + count, 0)
  return (
    <tr>
      <td className={cell}>
        <span className="flex items-center gap-2">
          <Link to="/clusters/$id" params={{ id: cluster.id }} className="mono font-medium hover:underline">
            {cluster.name}
          </Link>
          {!cluster.reachable && <StatusBadge look={{ tone: 'failed', word: 'Unreachable' }} />}
          {cluster.state === 'cordoned' && <StatusBadge look={{ tone: 'off', word: 'Cordoned' }} />}
        </span>
      </td>
      <td className={`${cell} max-md:hidden`}>
        <Mono className="text-ink-3">{cluster.serverVersion ?? '–'}</Mono>
      </td>
      <td className={`${cell} num text-right`}>{formatCount(tenants)}</td>
      <td className={`${cell} max-md:hidden`}>
        <FullnessCell fullness={fullestDimension(cluster)} />
      </td>
      <td className={`${cell} num text-right`}>{capacity ? formatCount(capacity.relations) : '–'}</td>
      <td className={`${cell} num text-right`}>
        {size ? (
          <>
            {size.value} <span className="text-ink-3">{size.unit}</span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td className={`${cell} text-right text-ink-3 max-md:hidden`}>
        {cluster.checkedAt ? <TimeStamp at={cluster.checkedAt} form="relative" /> : 'never'}
      </td>
    </tr>
  )
}

/** Where the tenants live: what each cluster holds and how near its limits it is. */
export function ClusterTable() {
  const query = useClusters()
  const cordoned = query.data?.filter(({ state }) => state === 'cordoned').length ?? 0
  return (
    <section id="clusters" aria-label="Clusters" className="min-w-0">
      <SectionHeader
        title="Clusters"
        meta={query.data && `${query.data.length}, ${cordoned === 0 ? 'none' : cordoned} cordoned`}
      />
      <QueryPanel title="Clusters" query={query}>
        {(clusters) => (
          <table className="w-full border-collapse">
            <thead className="border-t border-line bg-surface-2">
              <tr>
                <th className={head}>Cluster</th>
                <th className={`${head} max-md:hidden`}>PostgreSQL</th>
                <th className={`${head} text-right`}>Tenants</th>
                <th className={`${head} w-[28%] max-md:hidden`}>Fullest in</th>
                <th className={`${head} text-right`}>Relations</th>
                <th className={`${head} text-right`}>Size</th>
                <th className={`${head} text-right max-md:hidden`}>Looked at</th>
              </tr>
            </thead>
            <tbody>
              {clusters.map((cluster) => (
                <Row key={cluster.id} cluster={cluster} />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
    </section>
  )
}
