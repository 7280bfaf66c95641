import { Link } from '@tanstack/react-router'
import type { TenantState } from '@tenantry/contracts'
import { classNames } from '../../ui/class-names.ts'
import { formatCount } from '../../ui/number-format.ts'
import { tenantLook } from '../../ui/state-tones.ts'
import type { Tone } from '../../ui/tone.ts'

/** The mark of a tone as the grid draws it: healthy small, queued hollow, the rest full. */
export function CellMark(props: { tone: Tone }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        `tone-${props.tone} block shrink-0`,
        props.tone === 'ok' ? 'size-[5px] bg-tone' : 'size-[7px]',
        props.tone === 'queued' ? 'border-[1.5px] border-tone' : 'bg-tone',
      )}
    />
  )
}

/** In the order of the legend; what is rare is named only where there is some. */
export const shownStates: readonly TenantState[] = [
  'active',
  'provisioning',
  'failed',
  'suspended',
  'archived',
  'purging',
]
const rare: readonly TenantState[] = ['suspended', 'archived', 'purging']

/** What the cells mean, with counts; each entry filters. */
export function FleetLegend(props: { counts: Partial<Record<TenantState, number>> }) {
  const shown = shownStates.filter((state) => !rare.includes(state) || props.counts[state])
  return (
    <ul className="flex gap-2.5 text-12 whitespace-nowrap text-ink-2 max-md:hidden">
      {shown.map((state) => (
        <li key={state}>
          <Link
            to="/tenants"
            search={{ state: [state] }}
            className="num inline-flex items-center gap-1.5 hover:text-ink hover:underline"
          >
            <CellMark tone={tenantLook[state].tone} />
            {tenantLook[state].word}
            <span className="text-ink-3">{formatCount(props.counts[state] ?? 0)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
