import { Link } from '@tanstack/react-router'
import { fullestOf } from '@tenantry/contracts'
import { formatCount } from '../../ui/number-format.ts'
import { TimeStamp } from '../../ui/time.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import { useTimeZone } from '../../ui/time-zone.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { FullnessCell } from '../clusters/fullness-meter.tsx'
import { bytesText, crossingText, growthText } from './usage-words.ts'
import { type ClusterUsage, useForecast } from './use-usage.ts'

const head = 'h-7 px-2 text-left text-12 font-medium text-ink-3 first:pl-5 last:pr-5'
const cell = 'h-9 border-t border-line px-2 whitespace-nowrap first:pl-5 last:pr-5'

/** What each cluster's tenants use together, how it grows, and when that was measured. */
export function ClusterUsageTable({ clusters }: { clusters: readonly ClusterUsage[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="num w-full border-collapse">
        <thead className="border-t border-line bg-surface-2">
          <tr>
            <th className={head}>Cluster</th>
            <th className={`${head} text-right`}>Tenants’ bytes</th>
            <th className={`${head} text-right max-md:hidden`}>Database</th>
            <th className={`${head} text-right max-md:hidden`}>Disk free</th>
            <th className={`${head} w-[22%] max-md:hidden`}>Fullest in</th>
            <th className={head}>Growth</th>
            <th className={`${head} text-right max-md:hidden`}>Collected</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map((one) => (
            <ClusterUsageRow key={one.id} cluster={one} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ClusterUsageRow({ cluster }: { cluster: ClusterUsage }) {
  const { capacity } = cluster
  const fill = { tenants: cluster.tenants, limits: cluster.limits, capacity }
  return (
    <tr>
      <td className={cell}>
        <Link to="/clusters/$id" params={{ id: cluster.id }} className="mono font-medium hover:underline">
          {cluster.name}
        </Link>{' '}
        <span className="text-12 text-ink-3">{formatCount(cluster.tenants)} tenants</span>
      </td>
      <td className={`${cell} text-right`}>{bytesText(cluster.bytes)}</td>
      <td className={`${cell} text-right max-md:hidden`}>
        {capacity ? bytesText(capacity.databaseBytes) : '–'}
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        {capacity?.diskFreeBytes == null ? (
          <Tooltip content="PostgreSQL does not tell. It is known where a worker runs on the server’s own machine.">
            <span className="text-ink-3">unknown</span>
          </Tooltip>
        ) : (
          bytesText(capacity.diskFreeBytes)
        )}
      </td>
      <td className={`${cell} max-md:hidden`}>
        <FullnessCell fullness={fullestOf(fill)} />
      </td>
      <td className={cell}>
        <Growth clusterId={cluster.id} />
      </td>
      <td className={`${cell} text-right text-ink-3 max-md:hidden`}>
        <Collected cluster={cluster} />
      </td>
    </tr>
  )
}

function Growth({ clusterId }: { clusterId: string }) {
  const zone = useTimeZone()
  const { data } = useForecast({ clusterId })
  if (!data?.line) return <span className="text-ink-3">too young to tell</span>
  return (
    <span className="text-12">
      {growthText(data.line.slope)}
      {data.crossing && (
        <span className="text-ink-3">
          {' '}
          · {data.limitedBy} reached {crossingText(data.crossing, zone.name)}
        </span>
      )}
    </span>
  )
}

function Collected({ cluster }: { cluster: ClusterUsage }) {
  if (cluster.fault) {
    return (
      <Tooltip content={cluster.fault}>
        <span className="tone-failed text-ink">not collected</span>
      </Tooltip>
    )
  }
  if (!cluster.collectedAt) return 'never'
  return (
    <>
      <TimeStamp at={cluster.collectedAt} form="relative" />
      {cluster.tookMs !== null && ` in ${formatDuration(cluster.tookMs)}`}
      {Boolean(cluster.locked) && ` · ${cluster.locked} locked`}
    </>
  )
}
