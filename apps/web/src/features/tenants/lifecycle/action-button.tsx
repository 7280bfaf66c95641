import type { ReactNode } from 'react'
import { Button, type ButtonSize, type ButtonVariant } from '../../../ui/button.tsx'
import { actionWords, type LifecycleAction } from './action-words.ts'
import { useTenantActions } from './tenant-actions.tsx'

/** One action where it is wanted most; refused with the same reason as in the menu. */
export function ActionButton(props: {
  action: LifecycleAction
  variant?: ButtonVariant
  size?: ButtonSize
  children?: ReactNode
}) {
  const { refusals, ask } = useTenantActions()
  const { icon, label } = actionWords[props.action]
  return (
    <Button
      icon={icon}
      variant={props.variant ?? 'default'}
      size={props.size ?? 'md'}
      disabledReason={refusals[props.action]}
      onClick={() => ask(props.action)}
    >
      {props.children ?? label}
    </Button>
  )
}
