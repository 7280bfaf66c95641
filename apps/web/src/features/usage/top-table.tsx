import { Link } from '@tanstack/react-router'
import { metrics, usageRankings } from '@tenantry/contracts'
import { Sparkline } from '../../chart/sparkline.tsx'
import { EmptyNothing } from '../../ui/empty.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { bytesText, metricText } from './usage-words.ts'
import type { TopTenant, TopTenants } from './use-usage.ts'

const head = 'h-7 px-2 text-left text-12 font-medium text-ink-3 first:pl-5 last:pr-5'
const cell = 'h-8 border-t border-line px-2 whitespace-nowrap first:pl-5 last:pr-5'

/** Those that use the most of something: how much, and what part of the whole. */
export function TopTable({ top }: { top: TopTenants }) {
  if (top.items.length === 0) {
    return (
      <EmptyNothing title="Nothing measured yet">
        A worker looks at every cluster every ten seconds; a tenant is here once it has been looked at.
      </EmptyNothing>
    )
  }
  const metric = usageRankings[top.by]
  const most = top.items[0]?.value ?? 0
  return (
    <table className="num w-full border-collapse">
      <thead className="border-t border-line bg-surface-2">
        <tr>
          <th className={head}>Tenant</th>
          <th className={`${head} max-md:hidden`}>Cluster</th>
          <th className={`${head} w-[36%] max-md:w-[30%]`}>{metrics[metric].title}</th>
          <th className={`${head} text-right`}>Of the fleet</th>
          <th className={`${head} text-right max-md:hidden`}>{top.by === 'bytes' ? 'Rows' : 'Storage'}</th>
          <th className={`${head} text-right max-md:hidden`}>Storage, 7 d</th>
        </tr>
      </thead>
      <tbody>
        {top.items.map((row) => (
          <TopRow key={row.id} row={row} top={top} most={most} />
        ))}
      </tbody>
    </table>
  )
}

function TopRow({ row, top, most }: { row: TopTenant; top: TopTenants; most: number }) {
  const text = metricText(usageRankings[top.by], row.value)
  const other = top.by === 'bytes' ? row.rows && formatCount(row.rows) : row.bytes && bytesText(row.bytes)
  return (
    <tr>
      <td className={cell}>
        <Link
          to="/tenants/$slug"
          params={{ slug: row.slug }}
          search={{ tab: 'usage' }}
          className="mono font-medium hover:underline"
        >
          {row.slug}
        </Link>
      </td>
      <td className={`${cell} mono text-ink-3 max-md:hidden`}>{row.clusterName}</td>
      <td className={cell}>
        <span className="grid grid-cols-[76px_minmax(0,1fr)] items-center gap-2 max-md:grid-cols-1">
          <span className="text-right max-md:text-left">{text}</span>
          <span className="h-1.5 overflow-hidden rounded-[1px] bg-surface-3 max-md:hidden" aria-hidden="true">
            <span
              className="block h-full bg-ink-3"
              style={{ width: `${most > 0 ? (row.value / most) * 100 : 0}%` }}
            />
          </span>
        </span>
      </td>
      <td className={`${cell} text-right text-ink-2`}>{shareText(row.value, top.total)}</td>
      <td className={`${cell} text-right text-ink-2 max-md:hidden`}>{other || '–'}</td>
      <td className={`${cell} text-right max-md:hidden`}>
        <Sparkline values={row.week} label={`Storage of ${row.slug} over seven days`} />
      </td>
    </tr>
  )
}

function shareText(value: number, total: number): string {
  if (total <= 0) return '–'
  const percent = (value / total) * 100
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}
