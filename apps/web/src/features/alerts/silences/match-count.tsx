import type { Matcher } from '@tenantry/contracts'
import { BellOff } from 'lucide-react'
import { Icon } from '../../../ui/icon.tsx'
import { formatCount } from '../../../ui/number-format.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { severityLook } from '../alert-looks.ts'
import { useMatches } from './use-silences.ts'

/** So many incidents are named; the others are counted. */
const named = 4

/** How many alerts that fire now it would silence, and for which incidents nobody would be called any more. */
export function MatchCount(props: { matchers: readonly Matcher[] }) {
  const { data, error } = useMatches(props.matchers)
  if (props.matchers.length === 0) {
    return <p className="mt-1.5 text-12 text-ink-3">A silence of everything is not possible: choose what.</p>
  }
  const incidents = data?.incidents ?? []
  return (
    <div className="mt-1.5 text-12 text-ink-2">
      <p role="status" className="flex items-start gap-1.5">
        <Icon of={BellOff} size={12} className="mt-1 text-ink-3" />
        {error
          ? 'What it matches could not be counted.'
          : data
            ? sentence(data.matches, data.firing)
            : 'Counting what it matches'}
      </p>
      <ul className="mt-1 grid gap-0.5 pl-4.5 empty:hidden">
        {incidents.slice(0, named).map(({ id, title, severity }) => (
          <li key={id} className="flex items-center gap-1.5">
            <StatusIcon tone={severityLook[severity].tone} size={12} />
            <span className="truncate">{title}</span>
          </li>
        ))}
        {incidents.length > named && (
          <li className="text-ink-3">and {formatCount(incidents.length - named)} more incidents</li>
        )}
      </ul>
    </div>
  )
}

const sentence = (matches: number, firing: number) =>
  matches === 0
    ? 'Matches no alert that fires now; what comes later and matches is silent from its beginning.'
    : `Matches ${formatCount(matches)} of ${formatCount(firing)} firing ${firing === 1 ? 'alert' : 'alerts'}.`
