import type { LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

/** A lucide glyph at 12, 14 (default), 16 or 18 px; always decoration, the word beside it carries the meaning. */
export function Icon(props: {
  of: LucideIcon
  size?: 12 | 14 | 16 | 18
  className?: string
  bold?: boolean
}) {
  const { of: Glyph, size = 14, bold } = props
  const stroke = bold ? 2.25 : size === 12 ? 2 : 1.75
  return (
    <Glyph
      size={size}
      strokeWidth={stroke}
      className={classNames('shrink-0', props.className)}
      aria-hidden="true"
    />
  )
}
