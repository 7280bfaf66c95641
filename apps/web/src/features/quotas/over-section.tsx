import { quotaResources } from '@tenantry/contracts'
import { EmptyNothing } from '../../ui/empty.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Meter } from '../../ui/meter.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { quotaLevelLook } from '../../ui/state-tones.ts'
import { Status } from '../../ui/status.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { amountOf } from './quota-words.ts'
import { type OverRow, useOver } from './use-quotas.ts'

const head = 'h-7 px-2 text-left text-12 font-medium whitespace-nowrap text-ink-3 first:pl-5 last:pr-5'
const cell = 'h-9 border-t border-line px-2 whitespace-nowrap first:pl-5 last:pr-5'

/** What happens next, or what would release it. */
function Next({ row }: { row: OverRow }) {
  if (row.fault && !row.enforcedAt) {
    return <span title={row.fault}>cluster not told: {row.fault}</span>
  }
  if (row.level === 'exceeded' && row.graceUntil) {
    return (
      <>
        blocked <TimeStamp at={row.graceUntil} form="relative" />
      </>
    )
  }
  if (row.level !== 'blocked') return null
  if (row.resource === 'relations') return <>PostgreSQL refuses the next one</>
  const leaks = row.leaks.length > 0 && ` · ${formatCount(row.leaks.length)} ways past it`
  return (
    <>
      {row.enforcedAt ? 'released at ' : 'being blocked; released at '}
      {amountOf(row.resource, Math.floor(row.limit * 0.95))}
      {leaks && <span title={row.leaks.join('\n')}>{leaks}</span>}
    </>
  )
}

function Row({ row }: { row: OverRow }) {
  const share = row.limit ? Math.floor((row.used / row.limit) * 100) : 100
  const words = `${amountOf(row.resource, row.used)} of ${amountOf(row.resource, row.limit)}`
  return (
    <tr>
      <td className={`${cell} max-w-60`}>
        <TextLink to="/tenants/$slug" params={{ slug: row.slug }} search={{ tab: 'quotas' }} className="mono">
          {row.slug}
        </TextLink>
      </td>
      <td className={cell}>
        <Status look={quotaLevelLook[row.level]} />
      </td>
      <td className={`${cell} max-md:hidden`}>{quotaResources[row.resource].title}</td>
      <td className={`${cell} w-70 max-md:hidden`}>
        <span className="num grid grid-cols-[minmax(60px,1fr)_150px_44px] items-center gap-2">
          <Meter value={row.used} max={row.limit} label={words} />
          <span className="text-right text-12 text-ink-2">{words}</span>
          <span className="text-right text-12 text-ink-3">{share} %</span>
        </span>
      </td>
      <td className={`${cell} text-ink-3 max-md:hidden`}>{row.planName ?? 'no plan'}</td>
      <td className={`${cell} text-ink-3`}>
        <TimeStamp at={row.since} form="relative" />
      </td>
      <td className={`${cell} num w-full max-w-0 truncate text-12 text-ink-2 max-md:hidden`}>
        <Next row={row} />
      </td>
    </tr>
  )
}

/** Who is near a limit or over it, the gravest first. */
export function OverSection() {
  const query = useOver()
  const counts = query.data?.counts
  const words = counts
    ? (['blocked', 'exceeded', 'critical', 'warned'] as const)
        .filter((level) => counts[level] > 0)
        .map((level) => `${formatCount(counts[level])} ${quotaLevelLook[level].word.toLowerCase()}`)
        .join(' · ')
    : undefined
  return (
    <section aria-label="Near or over a limit" className="min-w-0">
      <SectionHeader title="Near or over a limit" meta={words} />
      <QueryPanel title="The list" noun="quotas" query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNothing title="Nobody is near a limit">
              A tenant is listed here from 80 % of a limit on. At 100 % the database takes no more of it: at
              once, or when its time of grace is over.
            </EmptyNothing>
          ) : (
            <table className="w-full border-collapse">
              <thead className="border-t border-line bg-surface-2">
                <tr>
                  <th className={head}>Tenant</th>
                  <th className={head}>Level</th>
                  <th className={`${head} max-md:hidden`}>Resource</th>
                  <th className={`${head} max-md:hidden`}>Used of limit</th>
                  <th className={`${head} max-md:hidden`}>Plan</th>
                  <th className={head}>Since</th>
                  <th className={`${head} max-md:hidden`}>Next</th>
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <Row key={`${row.tenantId}/${row.resource}`} row={row} />
                ))}
              </tbody>
            </table>
          )
        }
      </QueryPanel>
    </section>
  )
}
