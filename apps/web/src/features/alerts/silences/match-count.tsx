import type { Matcher } from '@tenantry/contracts'
import { BellOff } from 'lucide-react'
import { Icon } from '../../../ui/icon.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { useMatches } from './use-silences.ts'

/** How many alerts that fire now it would silence, and which of them come first. */
export function MatchCount(props: { matchers: readonly Matcher[] }) {
  const { data, error } = useMatches(props.matchers)
  if (props.matchers.length === 0) {
    return <p className="mt-1.5 text-12 text-ink-3">A silence of everything is not possible: choose what.</p>
  }
  return (
    <p role="status" className="mt-1.5 flex items-start gap-1.5 text-12 text-ink-2">
      <Icon of={BellOff} size={12} className="mt-1 text-ink-3" />
      {error
        ? 'What it matches could not be counted.'
        : data
          ? sentence(data.firing)
          : 'Counting what it matches'}
    </p>
  )
}

const sentence = (count: number) =>
  count === 0
    ? 'Matches no alert that fires now; what comes later and matches is silent from its beginning.'
    : `Matches ${formatCount(count)} firing ${count === 1 ? 'alert' : 'alerts'}.`
