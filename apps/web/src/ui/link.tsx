import { createLink, type LinkComponent } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

function PlainAnchor({ className, ...rest }: ComponentPropsWithRef<'a'>) {
  return <a {...rest} className={classNames('link', className)} />
}

const PlainLink = createLink(PlainAnchor)

/** A typed link in the accent colour. */
export const TextLink: LinkComponent<typeof PlainAnchor> = (props) => (
  <PlainLink preload="intent" {...props} />
)

interface ButtonAnchorProps extends ComponentPropsWithRef<'a'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: LucideIcon | undefined
}

function ButtonAnchor({ variant, size, icon, className, children, ...rest }: ButtonAnchorProps) {
  return (
    <a {...rest} className={classNames(buttonClass(variant, size), className)}>
      {icon && <Icon of={icon} size={size === 'sm' ? 12 : 14} />}
      {children}
    </a>
  )
}

const AnchorLink = createLink(ButtonAnchor)

/** A typed link that looks like a button: for going somewhere, not for doing something. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = (props) => (
  <AnchorLink preload="intent" {...props} />
)
