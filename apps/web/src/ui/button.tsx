import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonVariant = 'default' | 'primary' | 'danger' | 'ghost'
/** 28 px in bars, 24 in panels, 36 for the one action of a page. */
export type ButtonSize = 'md' | 'sm' | 'lg'

const sizes: Record<ButtonSize, string> = {
  md: 'h-7 px-2.5 text-13 max-md:h-9',
  sm: 'h-6 px-2 text-12 max-md:h-8',
  lg: 'h-9 px-4 text-14 max-md:h-12 max-md:text-16',
}

const variants: Record<ButtonVariant, string> = {
  default: 'border-line-strong bg-surface text-ink hover:bg-surface-2 active:bg-surface-3 [&>svg]:text-ink-3',
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  danger: 'border-danger bg-danger text-on-danger hover:brightness-110',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-surface-3',
}

const refused = 'border-dashed border-line bg-surface-2 text-ink-3 [&>svg]:text-ink-3'

/** The classes of a button, for links that look like one. */
export function buttonClass(
  variant: ButtonVariant = 'default',
  size: ButtonSize = 'md',
  isRefused = false,
): string {
  return classNames(
    'inline-flex shrink-0 cursor-default items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none',
    sizes[size],
    size === 'sm' && variant === 'default' && !isRefused && 'border-line',
    isRefused ? refused : variants[variant],
  )
}

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon | undefined
  /** Why it cannot be pressed now. The button stays visible and focusable, and says so. */
  disabledReason?: ReactNode
  /** The press is on its way: keeps its width, refuses a second press. */
  busy?: boolean | undefined
}

/** A refused action is shown disabled with its reason, never hidden. The label names verb and object. */
export function Button(props: ButtonProps) {
  const { variant, size, icon, disabledReason, busy, onClick, className, children, ...rest } = props
  const isRefused = Boolean(disabledReason)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isRefused || busy) {
      event.preventDefault()
      return
    }
    onClick?.(event)
  }
  const button = (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={isRefused || busy || undefined}
      aria-busy={busy || undefined}
      className={classNames(buttonClass(variant, size, isRefused), className)}
    >
      {busy ? (
        <Icon of={LoaderCircle} size={size === 'sm' ? 12 : 14} className="turning" />
      ) : (
        icon && <Icon of={icon} size={size === 'sm' ? 12 : 14} />
      )}
      {children}
    </button>
  )
  return isRefused ? <Tooltip content={disabledReason}>{button}</Tooltip> : button
}
