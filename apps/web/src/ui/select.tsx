import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  /** A second line in ink-3. */
  readonly note?: ReactNode
  readonly disabled?: boolean
}

/** One of many. Give `label` unless a Field around it does. `size="sm"` is 24 px, for headers. */
export function Select<Value extends string>(props: {
  value: Value
  onChange: (value: Value) => void
  options: readonly SelectOption<Value>[]
  label?: string
  size?: 'md' | 'sm'
  id?: string
  className?: string
}) {
  const small = props.size === 'sm'
  return (
    <Base.Root
      items={props.options}
      value={props.value}
      onValueChange={(value) => value !== null && props.onChange(value as Value)}
    >
      <Base.Trigger
        id={props.id}
        aria-label={props.label}
        className={classNames(
          'inline-flex cursor-default items-center justify-between gap-2 rounded-md border bg-surface text-left select-none hover:bg-surface-2',
          small
            ? 'h-6 border-line px-2 text-12 max-md:h-8'
            : 'h-8 w-full border-line-control px-2.5 max-md:h-11',
          props.className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon className="text-ink-3">
          <Icon of={ChevronsUpDown} size={12} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-40 outline-none">
          <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-surface py-1 shadow-overlay outline-none">
            <Base.List>
              {props.options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="mx-1 grid min-h-7 cursor-default grid-cols-[14px_1fr] items-center gap-x-2 rounded-sm px-2 py-0.5 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-surface-3 max-md:min-h-11"
                >
                  <Base.ItemIndicator className="col-start-1 text-accent-ink">
                    <Icon of={Check} />
                  </Base.ItemIndicator>
                  <Base.ItemText className="col-start-2">{option.label}</Base.ItemText>
                  {option.note && <span className="col-start-2 text-12 text-ink-3">{option.note}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
