import { clusterDimensions, type Fullness } from '@tenantry/contracts'
import { Meter } from '../../ui/meter.tsx'
import { formatAmount, fullnessWords } from './cluster-words.ts'

/** The fullest dimension of a cluster in a cell: its name, its bar, its share. */
export function FullnessCell(props: { fullness: Fullness | undefined }) {
  const { fullness } = props
  if (!fullness) return <span className="text-ink-3">not looked at yet</span>
  return (
    <span
      className="num grid w-full grid-cols-[minmax(0,96px)_minmax(40px,1fr)_40px] items-center gap-2"
      title={fullnessWords(fullness)}
    >
      <span className="truncate text-12 text-ink-3">{clusterDimensions[fullness.dimension]}</span>
      <Meter value={fullness.used} max={fullness.max} label={fullnessWords(fullness)} />
      <span className="text-right text-12 text-ink-2">{Math.floor(fullness.ratio * 100)} %</span>
    </span>
  )
}

/** One dimension across a side: used, end, bar. */
export function FullnessLine(props: { fullness: Fullness; note?: string }) {
  const { fullness } = props
  return (
    <li className="num grid content-start gap-1 py-1.5">
      <span className="flex items-baseline justify-between gap-2">
        <span className="font-medium first-letter:uppercase">{clusterDimensions[fullness.dimension]}</span>
        <span className="text-12 text-ink-2">
          {formatAmount(fullness.dimension, fullness.used)}{' '}
          <span className="text-ink-3">/ {formatAmount(fullness.dimension, fullness.max)}</span>
        </span>
      </span>
      <Meter value={fullness.used} max={fullness.max} label={fullnessWords(fullness)} />
      {props.note && <span className="text-12 text-ink-3">{props.note}</span>}
    </li>
  )
}
