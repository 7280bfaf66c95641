import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { StateLook } from './state-tones.ts'
import { type Tone, toneIcons } from './tone.ts'

/** The glyph of a tone at 14 (12) px; the word beside it says the same. */
export function StatusIcon(props: {
  tone: Tone
  icon?: LucideIcon
  size?: 12 | 14 | 16
  className?: string
}) {
  const Glyph = props.icon ?? toneIcons[props.tone]
  return (
    <Glyph
      size={props.size ?? 14}
      strokeWidth={props.size === 12 ? 2.25 : 2}
      aria-hidden="true"
      className={classNames(
        `tone-${props.tone} shrink-0 text-tone-icon`,
        props.tone === 'running' && !props.icon && 'turning',
        props.className,
      )}
    />
  )
}

/** Icon and word, for tables and lists: `<Status look={tenantLook[tenant.state]} />`. */
export function Status(props: { look: StateLook; children?: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap">
      <StatusIcon tone={props.look.tone} />
      {props.children ?? props.look.word}
    </span>
  )
}

/** Icon, word and tint: one in a title (`large`), none in tables. */
export function StatusBadge(props: { look: StateLook; large?: boolean; children?: ReactNode }) {
  return (
    <span
      className={classNames(
        `tone-${props.look.tone} inline-flex shrink-0 items-center rounded-sm border border-tone-line bg-tone-tint font-medium whitespace-nowrap text-ink`,
        props.large ? 'h-6 gap-1.5 pr-2 pl-1.5 text-13' : 'h-5 gap-1 pr-1.5 pl-1 text-12',
      )}
    >
      <StatusIcon tone={props.look.tone} size={props.large ? 14 : 12} />
      {props.children ?? props.look.word}
    </span>
  )
}
