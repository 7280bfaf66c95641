import { Info, type LucideIcon, OctagonX, RefreshCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

type BannerTone = 'warn' | 'failed' | 'news' | 'note'

const looks: Record<BannerTone, { icon: LucideIcon; box: string; glyph: string }> = {
  warn: { icon: TriangleAlert, box: 'tone-warn border-tone-line bg-tone-tint', glyph: 'text-tone-icon' },
  failed: { icon: OctagonX, box: 'tone-failed border-tone-line bg-tone-tint', glyph: 'text-tone-icon' },
  news: { icon: RefreshCw, box: 'border-accent-bd bg-accent-tint', glyph: 'text-accent-ink' },
  note: { icon: Info, box: 'border-line bg-surface-2', glyph: 'text-ink-3' },
}

/** One sentence over a region, with at most one action. */
export function Banner(props: {
  tone: BannerTone
  children: ReactNode
  action?: ReactNode
  flush?: boolean
}) {
  const look = looks[props.tone]
  return (
    <div
      role={props.tone === 'failed' ? 'alert' : 'status'}
      className={classNames(
        'flex items-center gap-2 py-1.5',
        look.box,
        props.flush ? 'gutter border-b' : 'rounded-md border px-2.5',
      )}
    >
      <Icon of={look.icon} className={look.glyph} />
      <div className="min-w-0 flex-1">{props.children}</div>
      {props.action}
    </div>
  )
}
