import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { classNames } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import type { FiringCounts } from '../use-alerts.ts'
import { firingWords, totalOf, worstOf } from './firing-words.ts'

/** The bell of the top bar, with how many incidents want somebody. */
export function AlertBell(props: { counts: FiringCounts | undefined }) {
  const total = totalOf(props.counts)
  const worst = worstOf(props.counts)
  const words = firingWords(props.counts)
  return (
    <Tooltip content={words}>
      <Link
        to="/alerts"
        aria-label={words}
        className="relative inline-grid size-7 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-surface-3 max-md:size-9"
      >
        <Icon of={Bell} size={16} />
        {worst && (
          <span
            aria-hidden="true"
            className={classNames(
              'num absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full px-1 text-[10px] leading-none font-semibold',
              worst === 'critical' ? 'bg-danger text-on-danger' : 'bg-ink text-surface',
            )}
          >
            {total > 99 ? '99+' : total}
          </span>
        )}
      </Link>
    </Tooltip>
  )
}
