import { type FindingKind, findingKindNames } from '@tenantry/contracts'
import { formatCount } from '../../ui/number-format.ts'
import { findingTitle } from './finding-words.ts'

const item =
  'num inline-flex h-7 shrink-0 cursor-default items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-ink-2 hover:bg-surface-3/60 aria-pressed:bg-surface-3 aria-pressed:font-medium aria-pressed:text-ink max-md:h-11'

/** The kinds of which there are any, with how many. */
export function KindTabs(props: {
  counts: Partial<Record<FindingKind, number>>
  kinds: readonly FindingKind[]
  onChange: (kinds: FindingKind[]) => void
}) {
  const { counts, kinds, onChange } = props
  const shown = findingKindNames.filter((kind) => counts[kind] || kinds.includes(kind))
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const count = (value: number) => (
    <span className="text-12 font-normal text-ink-3">{formatCount(value)}</span>
  )
  return (
    <div
      role="group"
      aria-label="Kind of difference"
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-3 max-md:h-14"
    >
      <button type="button" aria-pressed={kinds.length === 0} onClick={() => onChange([])} className={item}>
        All {count(all)}
      </button>
      {shown.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={kinds.includes(kind)}
          onClick={() => onChange(kinds.length === 1 && kinds[0] === kind ? [] : [kind])}
          className={item}
        >
          {findingTitle[kind]} {count(counts[kind] ?? 0)}
        </button>
      ))}
    </div>
  )
}
