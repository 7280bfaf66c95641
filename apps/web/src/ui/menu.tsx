import { Menu as Base } from '@base-ui/react/menu'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { KeyHint } from './key-hint.tsx'

const popup =
  'min-w-44 rounded-md border border-line-strong bg-surface py-1 shadow-overlay outline-none max-h-(--available-height) overflow-y-auto'

/** Actions behind a button: `<Menu trigger={<IconButton …/>}><MenuItem …/></Menu>`. */
export function Menu(props: { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <Base.Root>
      <Base.Trigger render={props.trigger} />
      <Base.Portal>
        <Base.Positioner align={props.align ?? 'end'} sideOffset={4} className="z-40">
          <Base.Popup className={popup}>{props.children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  icon?: LucideIcon
  keys?: readonly string[]
  /** Why it cannot be chosen now; stands under the words. */
  disabledReason?: ReactNode
}

export function MenuItem(props: MenuItemProps) {
  return (
    <Base.Item
      disabled={Boolean(props.disabledReason)}
      onClick={props.onSelect}
      className="mx-1 flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-surface-3 max-md:min-h-11"
    >
      {props.icon && <Icon of={props.icon} className="text-ink-3" />}
      <span className="flex-1">
        {props.children}
        {props.disabledReason && <span className="block text-12 text-ink-3">{props.disabledReason}</span>}
      </span>
      {props.keys && <KeyHint keys={props.keys} />}
    </Base.Item>
  )
}

export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />
}

/** One of several inside a menu, with a tick at the chosen one. */
export function MenuChoice<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode }[]
}) {
  return (
    <Base.RadioGroup value={props.value} onValueChange={(value) => props.onChange(value as Value)}>
      <Base.GroupLabel className="px-3 pt-1 pb-0.5 text-12 text-ink-3">{props.label}</Base.GroupLabel>
      {props.options.map((option) => (
        <Base.RadioItem
          key={option.value}
          value={option.value}
          closeOnClick
          className="mx-1 flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none data-highlighted:bg-surface-3"
        >
          <span className="w-3.5 text-accent-ink">
            <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
          </span>
          {option.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
