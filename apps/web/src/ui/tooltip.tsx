import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

/** Wraps one focusable element; shows on hover and on focus. Never the only place of a fact that matters. */
export function Tooltip(props: {
  content: ReactNode
  children: ReactElement
  side?: 'top' | 'bottom' | 'right'
}) {
  return (
    <Base.Root>
      <Base.Trigger render={props.children} delay={350} />
      <Base.Portal>
        <Base.Positioner side={props.side ?? 'bottom'} sideOffset={6} className="z-50">
          <Base.Popup className="max-w-80 rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-12 text-ink shadow-overlay">
            {props.content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
