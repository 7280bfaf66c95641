import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import type { MouseEvent } from 'react'

/** A 14 px box in a 24 px target. `mixed` is "some of them". */
export function Checkbox(props: {
  label: string
  checked: boolean
  mixed?: boolean
  onChange: (checked: boolean) => void
  onClick?: (event: MouseEvent) => void
  /** -1 where the row is reached by arrow keys instead. */
  tabIndex?: number
}) {
  return (
    <Base.Root
      aria-label={props.label}
      checked={props.checked}
      indeterminate={props.mixed ?? false}
      onCheckedChange={props.onChange}
      onClick={props.onClick}
      tabIndex={props.tabIndex}
      className="relative inline-grid size-3.5 shrink-0 place-items-center rounded-[3px] border border-line-control bg-surface align-middle before:absolute before:-inset-1.5 data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Base.Indicator className="text-on-accent">
        {props.mixed ? (
          <Minus size={10} strokeWidth={3} aria-hidden />
        ) : (
          <Check size={10} strokeWidth={3} aria-hidden />
        )}
      </Base.Indicator>
    </Base.Root>
  )
}
