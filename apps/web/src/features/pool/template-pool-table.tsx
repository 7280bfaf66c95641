import { Link } from '@tanstack/react-router'
import { formatCount } from '../../ui/number-format.ts'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Status, StatusIcon } from '../../ui/status.tsx'
import { Mono } from '../../ui/tag.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { hitRatio, poolLook } from './pool-words.ts'
import { SizeEditor } from './size-editor.tsx'
import type { PoolRow, TemplatePool } from './use-pool.ts'

const grid =
  'grid grid-cols-[minmax(120px,1fr)_minmax(150px,1fr)_72px_72px_72px_72px_88px_112px_240px] items-center gap-x-4 gutter max-lg:grid-cols-[minmax(100px,1fr)_minmax(130px,1fr)_64px_200px] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-1'
const wide = 'text-right max-lg:hidden'

const unsaid = <span className="text-ink-3">–</span>

function Count(props: { value: number; className?: string }) {
  return (
    <span role="cell" className={props.className ?? wide}>
      {props.value > 0 ? formatCount(props.value) : unsaid}
    </span>
  )
}

/** The pool of one template: what is kept of it on each cluster, and what is there. */
export function TemplatePoolTable({ pool }: { pool: TemplatePool }) {
  const kept = pool.clusters.reduce((sum, row) => sum + row.wanted, 0)
  const ready = pool.clusters.reduce((sum, row) => sum + row.ready, 0)
  return (
    <section aria-label={`Pool of ${pool.templateName}`} className="border-b border-line">
      <div className="flex flex-wrap items-center max-md:pb-2">
        <SectionHeader
          title={pool.templateName}
          meta={
            pool.readyVersion === null ? (
              'no version is ready'
            ) : (
              <>
                <Mono>v{pool.readyVersion}</Mono>
                {kept > 0 ? `, ${formatCount(ready)} of ${formatCount(kept)} ready` : ', no pool'}
              </>
            )
          }
        />
        <div className="gutter ml-auto flex items-center gap-3 text-12 text-ink-3">
          <span>
            {pool.commonSize === null ? 'No common size' : `${formatCount(pool.commonSize)} on each cluster`}
          </span>
          <SizeEditor
            templateId={pool.templateId}
            clusterId={null}
            of={`Size of ${pool.templateName} on each cluster`}
            size={pool.commonSize}
            holds={0}
            act="Set for all"
            takeAway="Take it away"
          />
        </div>
      </div>
      <div role="table" aria-label={`${pool.templateName} by cluster`}>
        <div
          role="row"
          className={`${grid} h-7 border-y border-line bg-surface-2 text-12 font-medium text-ink-3 max-md:hidden`}
        >
          <span role="columnheader">Cluster</span>
          <span role="columnheader">State</span>
          <span role="columnheader" className="text-right">
            Ready
          </span>
          <span role="columnheader" className={wide}>
            Building
          </span>
          <span role="columnheader" className={wide}>
            Stale
          </span>
          <span role="columnheader" className={wide}>
            To drop
          </span>
          <span role="columnheader" className={wide}>
            Served, 24 h
          </span>
          <span role="columnheader" className={wide}>
            Last taken
          </span>
          <span role="columnheader" className="text-right">
            Size
          </span>
        </div>
        {pool.clusters.map((row) => (
          <ClusterRow key={row.clusterId} row={row} pool={pool} />
        ))}
      </div>
    </section>
  )
}

function ClusterRow({ row, pool }: { row: PoolRow; pool: TemplatePool }) {
  const ratio = hitRatio(row)
  return (
    <>
      <div role="row" className={`${grid} num min-h-10 py-1 not-first:border-t not-first:border-line`}>
        <span role="rowheader" className="truncate">
          <Mono className="font-medium">{row.clusterName}</Mono>
        </span>
        <span role="cell" className="max-md:text-right">
          <Status look={poolLook(row)} />
        </span>
        <span role="cell" className="text-right max-md:text-left">
          {row.wanted > 0 || row.ready > 0 ? (
            <>
              {formatCount(row.ready)} <span className="text-ink-3">/ {formatCount(row.wanted)}</span>
              <span className="text-ink-3 md:hidden"> ready</span>
            </>
          ) : (
            unsaid
          )}
        </span>
        <Count value={row.building} />
        <Count value={row.stale} />
        <Count value={row.left} />
        <span role="cell" className={wide}>
          {ratio ? (
            <span title={`${row.served} of ${row.asked} sign-ups found one ready`}>{ratio}</span>
          ) : (
            unsaid
          )}
        </span>
        <span role="cell" className={`${wide} text-ink-3`}>
          {row.lastTakenAt ? <TimeStamp at={row.lastTakenAt} form="relative" /> : 'never'}
        </span>
        <span role="cell" className="justify-self-end">
          <SizeEditor
            templateId={pool.templateId}
            clusterId={row.clusterId}
            of={`Size of ${pool.templateName} on ${row.clusterName}`}
            size={row.ownSize}
            holds={row.wanted}
            act={row.ownSize === null ? 'Set for this cluster' : `Own size: ${formatCount(row.ownSize)}`}
            takeAway="As all"
          />
        </span>
      </div>
      {row.fault && row.wanted > 0 && (
        <div role="row" className="gutter pb-2">
          <p role="cell" className="flex items-baseline gap-1.5 text-12 text-ink-2">
            <StatusIcon tone="failed" size={12} className="translate-y-0.5" />
            <span>
              {row.fault.error.message}. {row.fault.error.action}{' '}
              <Link to="/operations/$id" params={{ id: row.fault.operationId }} className="link">
                Its operation
              </Link>{' '}
              <span className="text-ink-3">
                Next build <TimeStamp at={row.fault.nextAt} form="relative" />
              </span>
            </span>
          </p>
        </div>
      )}
    </>
  )
}
