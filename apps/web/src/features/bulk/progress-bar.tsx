import type { BulkCounts } from '@tenantry/contracts'
import { formatCount } from '../../ui/number-format.ts'
import { bulkOutcomeLook } from '../../ui/state-tones.ts'
import { endedOf, outcomeOrder } from './bulk-words.ts'

/** How far a bulk is: one part an outcome, in the colour of its state. The label says it in words. */
export function ProgressBar(props: { counts: BulkCounts; total: number; thin?: boolean }) {
  const { counts, total } = props
  const ended = endedOf(counts)
  const words = outcomeOrder
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${formatCount(counts[outcome])} ${bulkOutcomeLook[outcome].word.toLowerCase()}`)
  return (
    <span
      role="progressbar"
      aria-label={words.join(', ') || 'Nothing yet'}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={ended}
      className={`flex w-full overflow-hidden rounded-[1px] bg-surface-3 ${props.thin ? 'h-1.5' : 'h-2.5'}`}
    >
      {outcomeOrder
        .filter((outcome) => counts[outcome] > 0 && outcome !== 'pending' && outcome !== 'queued')
        .map((outcome) => (
          <span
            key={outcome}
            className={`tone-${bulkOutcomeLook[outcome].tone} block h-full bg-tone`}
            style={{ width: `${(counts[outcome] / Math.max(1, total)) * 100}%` }}
          />
        ))}
    </span>
  )
}
