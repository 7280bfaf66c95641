import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** Buttons, keep before act. A copy-as line may stand at the left. */
  footer?: ReactNode
  /** px; 480 unless told. */
  width?: number
  initialFocus?: RefObject<HTMLElement | null>
  /** Tier 3: an edge in the colour of the environment. */
  edged?: boolean
}

/** A modal sheet; full width on a phone. Escape and the cross close it, a press outside too. */
export function Dialog(props: DialogProps) {
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-30 grid place-items-center overflow-y-auto p-4 max-md:items-end max-md:p-0">
          <Base.Popup
            {...(props.initialFocus ? { initialFocus: props.initialFocus } : {})}
            style={{ width: props.width ?? 480 }}
            className={classNames(
              'relative max-w-full overflow-hidden rounded-lg border border-line-strong bg-surface shadow-overlay max-md:w-full! max-md:rounded-b-none',
              props.edged && 'border-t-3 border-t-env',
            )}
          >
            <div className="px-5 pt-4 pr-12 pb-1">
              <Base.Title className="text-16 font-semibold tracking-tight">{props.title}</Base.Title>
              {props.description && (
                <Base.Description className="mt-1 text-ink-2">{props.description}</Base.Description>
              )}
            </div>
            {/* No tooltip: it would take the first Escape for itself. */}
            <Base.Close
              aria-label="Close"
              className="absolute top-4 right-4 grid size-6 cursor-default place-items-center rounded-md text-ink-2 hover:bg-surface-3 max-md:size-9"
            >
              <Icon of={X} />
            </Base.Close>
            {props.children && <div className="px-5 py-2">{props.children}</div>}
            {props.footer && (
              <div className="mt-3 flex items-center justify-end gap-2 border-t border-line px-5 py-3 max-md:flex-col-reverse max-md:items-stretch">
                {props.footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
