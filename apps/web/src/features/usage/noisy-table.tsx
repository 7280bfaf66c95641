import { Link } from '@tanstack/react-router'
import { noisyFrom } from '@tenantry/contracts'
import { formatCount } from '../../ui/number-format.ts'
import type { NoisyTenant } from './use-usage.ts'

const words: Record<NoisyTenant['of'], { title: string; text: (amount: number) => string }> = {
  statementSeconds: {
    title: 'Statement time',
    text: (amount) => `${Number((amount * 100).toPrecision(2))} % of a processor`,
  },
  rowsWritten: { title: 'Rows written', text: (amount) => `${shortly(amount)} a second` },
  connections: { title: 'Connections', text: (amount) => formatCount(amount) },
}
const shortly = (amount: number) =>
  amount >= 10 ? formatCount(Math.round(amount)) : Number(amount.toPrecision(2))

/** Who takes so much of a cluster that its neighbours may feel it. */
export function NoisyTable({ noisy }: { noisy: readonly NoisyTenant[] }) {
  if (noisy.length === 0) {
    return (
      <p className="gutter border-t border-line py-2.5 text-ink-3">
        Nobody: no tenant takes {noisyFrom.share * 100} % of what its cluster did in the last hour and{' '}
        {noisyFrom.times} times its part.
      </p>
    )
  }
  return (
    <ul className="num">
      {noisy.map((one) => (
        <li
          key={`${one.id} ${one.of}`}
          className="gutter grid gap-x-3 border-t border-line py-1.5 grid-cols-[minmax(0,1fr)_auto]"
        >
          <span className="truncate">
            <Link
              to="/tenants/$slug"
              params={{ slug: one.slug }}
              search={{ tab: 'usage' }}
              className="mono font-medium hover:underline"
            >
              {one.slug}
            </Link>{' '}
            <span className="text-ink-3">
              on <span className="mono">{one.clusterName}</span>
            </span>
          </span>
          <span className="font-medium text-right">{Math.round(one.share * 100)} %</span>
          <span className="text-12 text-ink-3">
            {words[one.of].title}: {words[one.of].text(one.amount)}
          </span>
          <span className="text-12 text-ink-3 text-right">{Number(one.times.toPrecision(2))} × its part</span>
        </li>
      ))}
    </ul>
  )
}
