import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/**
 * Tier 1: one question before a mild act. The button says verb and object ("Cancel operation"); focus starts on the way
 * back, so that Enter alone never acts.
 */
export function ConfirmDialog(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  children: ReactNode
  /** Verb and object. */
  act: string
  /** The way back: "Keep operation". */
  keep: string
  onAct: () => void
  busy?: boolean
  danger?: boolean
  disabledReason?: ReactNode
}) {
  const keep = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={() => props.onOpenChange(false)}>
            {props.keep}
          </Button>
          <Button
            variant={props.danger ? 'danger' : 'primary'}
            busy={props.busy}
            disabledReason={props.disabledReason}
            onClick={props.onAct}
          >
            {props.act}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
