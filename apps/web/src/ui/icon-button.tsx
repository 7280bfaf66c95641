import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { KeyHint } from './key-hint.tsx'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children' | 'disabled'> {
  icon: LucideIcon
  /** The accessible name, shown on hover. */
  label: string
  size?: 'md' | 'sm'
  bordered?: boolean
  /** The shortcut, as in `['g', 't']`. */
  keys?: readonly string[]
  disabledReason?: ReactNode
}

/** A square button of 28 (24) px that is one glyph; its name shows on hover and on focus. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, size = 'md', bordered, keys, disabledReason, onClick, className, ...rest } = props
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (disabledReason) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Tooltip
      content={
        <span className="flex items-center gap-2">
          {disabledReason ?? label}
          {keys && <KeyHint keys={keys} />}
        </span>
      }
    >
      <button
        type="button"
        aria-label={label}
        aria-disabled={disabledReason ? true : undefined}
        {...rest}
        onClick={press}
        className={classNames(
          'relative inline-grid shrink-0 cursor-default place-items-center rounded-md text-ink-2 hover:bg-surface-3',
          size === 'sm' ? 'size-6' : 'size-7 max-md:size-9',
          bordered && 'border border-line',
          disabledReason ? 'text-ink-faint' : undefined,
          className,
        )}
      >
        <Icon of={icon} size={size === 'sm' ? 14 : 16} />
      </button>
    </Tooltip>
  )
}
