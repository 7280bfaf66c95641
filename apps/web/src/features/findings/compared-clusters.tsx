import { RefreshCw } from 'lucide-react'
import { useStaleRefusal } from '../../live/use-live.ts'
import { usePermissionRefusal } from '../../shell/viewer.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { StatusBadge, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { Duration, TimeStamp } from '../../ui/time.tsx'
import { countFindings } from './finding-words.ts'
import { useCheckFindings } from './use-finding-acts.ts'
import { type ComparedCluster, useComparedClusters } from './use-findings.ts'

const head = 'h-7 px-2 text-left text-12 font-medium text-ink-3 first:pl-5 last:pr-5'
const cell = 'h-9 border-t border-line px-2 whitespace-nowrap first:pl-5 last:pr-5'

/** Why nobody can ask for a comparison now. */
function useCheckRefusal(): string | undefined {
  const mayNot = usePermissionRefusal('finding.resolve')
  const stale = useStaleRefusal()
  return mayNot ?? stale
}

function Verdict({ cluster }: { cluster: ComparedCluster }) {
  if (cluster.fault) {
    return (
      <span className="flex min-w-0 items-center gap-1.5" title={cluster.fault}>
        <StatusIcon tone="failed" />
        <span className="truncate">Not compared: {cluster.fault}</span>
      </span>
    )
  }
  if (!cluster.comparedAt) return <span className="text-ink-3">Not compared yet</span>
  return (
    <span className="flex items-center gap-1.5">
      <StatusIcon tone={cluster.open ? 'drift' : 'ok'} />
      {cluster.open ? countFindings(cluster.open) : 'Agrees with the registry'}
      {cluster.ignored > 0 && (
        <span className="text-12 text-ink-3">{formatCount(cluster.ignored)} ignored</span>
      )}
    </span>
  )
}

function Row(props: { cluster: ComparedCluster; refusal: string | undefined; onCheck: () => void }) {
  const { cluster } = props
  const isUnderWay = cluster.now !== 'resting'
  return (
    <tr>
      <td className={cell}>
        <span className="flex items-center gap-2">
          <Mono className="font-medium">{cluster.clusterName}</Mono>
          {!cluster.reachable && <StatusBadge look={{ tone: 'failed', word: 'Unreachable' }} />}
        </span>
      </td>
      <td className={`${cell} w-full max-w-0`}>
        <Verdict cluster={cluster} />
      </td>
      <td className={`${cell} num text-right max-md:hidden`}>
        {cluster.compared === null ? '–' : formatCount(cluster.compared)}
      </td>
      <td className={`${cell} num text-right max-md:hidden`}>
        <Duration ms={cluster.tookMs} />
      </td>
      <td className={`${cell} text-right text-ink-3`}>
        {isUnderWay ? (
          <span className="inline-flex items-center gap-1.5">
            <StatusIcon tone="running" /> comparing
          </span>
        ) : cluster.comparedAt ? (
          <TimeStamp at={cluster.comparedAt} form="relative" />
        ) : (
          'never'
        )}
      </td>
      <td className={`${cell} text-right`}>
        <IconButton
          size="sm"
          icon={RefreshCw}
          label={`Compare ${cluster.clusterName} now`}
          disabledReason={props.refusal ?? (isUnderWay ? 'It is being compared.' : undefined)}
          onClick={props.onCheck}
        />
      </td>
    </tr>
  )
}

/** How each cluster stands with the registry: findings are as of when it was last compared. */
export function ComparedClusters() {
  const query = useComparedClusters()
  const { check, isPending } = useCheckFindings()
  const refusal = useCheckRefusal()
  return (
    <section aria-label="Clusters" className="min-w-0 shrink-0 border-b border-line">
      <SectionHeader title="Clusters" meta="each compared once a minute">
        <Button size="sm" icon={RefreshCw} busy={isPending} disabledReason={refusal} onClick={() => check()}>
          Compare all now
        </Button>
      </SectionHeader>
      <QueryPanel title="Clusters" query={query}>
        {(clusters) => (
          <table className="w-full border-collapse">
            <thead className="border-t border-line bg-surface-2">
              <tr>
                <th className={head}>Cluster</th>
                <th className={head}>Result</th>
                <th className={`${head} text-right max-md:hidden`}>Compared</th>
                <th className={`${head} text-right max-md:hidden`}>Took</th>
                <th className={`${head} text-right`}>As of</th>
                <th className={head}>
                  <span className="sr-only">Compare</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {clusters.map((cluster) => (
                <Row
                  key={cluster.clusterId}
                  cluster={cluster}
                  refusal={refusal}
                  onCheck={() => check(cluster.clusterId)}
                />
              ))}
            </tbody>
          </table>
        )}
      </QueryPanel>
    </section>
  )
}
