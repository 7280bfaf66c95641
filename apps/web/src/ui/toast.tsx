import { Check, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import 'sonner/dist/styles.css'
import { faultOf } from '../api/fault.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Mono } from './tag.tsx'

interface ToastAction {
  label: string
  onPress: () => void
}

function ToastCard(props: { children: ReactNode; failed?: boolean; action?: ToastAction | undefined }) {
  return (
    <div className="flex w-90 max-w-[calc(100vw-32px)] items-center gap-2.5 rounded-lg border border-line-strong bg-surface py-2 pr-2 pl-3 font-sans text-13 text-ink shadow-overlay">
      <Icon
        of={props.failed ? OctagonX : Check}
        className={classNames(props.failed ? 'tone-failed text-tone-icon' : 'text-ink-3')}
      />
      <div className="min-w-0 flex-1">{props.children}</div>
      {props.action && (
        <Button size="sm" onClick={props.action.onPress}>
          {props.action.label}
        </Button>
      )}
    </div>
  )
}

/** Says that something was done; goes by itself after 8 s. `undo` for what can be taken back. */
export function toastDone(text: ReactNode, action?: ToastAction): void {
  const id = toast.custom(
    () => (
      <ToastCard
        action={
          action && {
            label: action.label,
            onPress: () => {
              toast.dismiss(id)
              action.onPress()
            },
          }
        }
      >
        {text}
      </ToastCard>
    ),
    { duration: action ? 8000 : 4000 },
  )
}

/** Says what did not happen, with the request id; stays until dismissed. */
export function toastFailed(what: string, error: unknown, retry?: () => void): void {
  const fault = faultOf(error)
  const id = toast.custom(
    () => (
      <ToastCard
        failed
        action={{
          label: retry ? 'Retry' : 'Dismiss',
          onPress: () => {
            toast.dismiss(id)
            retry?.()
          },
        }}
      >
        <div role="alert">
          <span className="font-medium">{what}.</span> {fault.message} {fault.action}{' '}
          {fault.requestId && <Mono className="text-ink-3">{fault.requestId}</Mono>}
        </div>
      </ToastCard>
    ),
    { duration: Number.POSITIVE_INFINITY },
  )
}

/** Where toasts appear: bottom right, above the navigation on a phone. */
export function Toaster() {
  return (
    <Sonner position="bottom-right" gap={8} offset={16} mobileOffset={{ bottom: 72 }} visibleToasts={4} />
  )
}
