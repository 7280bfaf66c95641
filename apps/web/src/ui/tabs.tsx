import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

/** Tabs of 36 px whose choice lives in the URL: give the search param as `value` and navigate in `onChange`. */
export function Tabs<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  tabs: readonly { value: Value; label: string; count?: ReactNode }[]
  /** `TabPanel`s. */
  children: ReactNode
}) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(value) => props.onChange(value as Value)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Base.List
        aria-label={props.label}
        className="gutter flex h-9 shrink-0 gap-5 overflow-x-auto border-b border-line max-md:h-11"
      >
        {props.tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="relative inline-flex cursor-default items-center gap-1.5 whitespace-nowrap text-ink-3 hover:text-ink-2 data-active:font-medium data-active:text-ink data-active:after:absolute data-active:after:inset-x-0 data-active:after:bottom-0 data-active:after:h-0.5 data-active:after:bg-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="num text-12 font-normal text-ink-3">{tab.count}</span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {props.children}
    </Base.Root>
  )
}

export function TabPanel(props: { value: string; children: ReactNode }) {
  return (
    <Base.Panel value={props.value} className="flex min-h-0 flex-1 flex-col outline-none">
      {props.children}
    </Base.Panel>
  )
}
