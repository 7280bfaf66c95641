import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  readonly icon?: LucideIcon
}

/** One of a few, all visible. */
export function Segments<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly Option<Value>[]
}) {
  return (
    <ToggleGroup
      aria-label={props.label}
      value={[props.value]}
      onValueChange={([next]) => next && props.onChange(next as Value)}
      className="inline-flex gap-px rounded-md border border-line bg-surface-2 p-px"
    >
      {props.options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="num inline-flex h-5.5 cursor-default items-center gap-1 rounded-sm px-2 text-12 whitespace-nowrap text-ink-2 hover:text-ink data-pressed:bg-surface data-pressed:font-medium data-pressed:text-ink data-pressed:ring data-pressed:ring-line dark:data-pressed:bg-surface-3"
        >
          {option.icon && <Icon of={option.icon} size={12} />}
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
