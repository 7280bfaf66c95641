import { CircleCheck, TriangleAlert } from 'lucide-react'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { faultOf } from '../../../api/fault.ts'
import { FormFault } from '../../../form/form-fault.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { usePasswordStep } from '../../session/use-password-step.tsx'
import type { Tenant } from '../use-tenant.ts'
import { actionWords, type LifecycleAction } from './action-words.ts'
import { CopyCall } from './copy-call.tsx'
import { TargetBox } from './target-box.tsx'

/** What every action's dialog is given. */
export interface ActionDialogProps {
  readonly tenant: Tenant
  /** Why the action is not possible now, whatever is filled in. */
  readonly refusal: string | undefined
  readonly onClose: () => void
}

interface Frame extends ActionDialogProps {
  readonly action: LifecycleAction
  /** 1 mild: a question. 2 moderate: impact and reason. 3 severe: the slug is typed, and the
   * password once more. Enter confirms none but the first. */
  readonly tier: 1 | 2 | 3
  readonly title: string
  readonly description: ReactNode
  /** The way back: "Keep tenant". */
  readonly keep: string
  /** What is still missing from the fields. */
  readonly missing?: string | undefined
  /** The procedure's input without its idempotency key. */
  readonly wish: Readonly<Record<string, unknown>>
  /** Verb and object; the action's own unless told. */
  readonly act?: string | undefined
  /** Whoever opened it shows what came of it, and closes. */
  readonly staysOpen?: boolean
  readonly error: unknown
  readonly isPending: boolean
  readonly onAct: () => Promise<unknown>
  readonly initialFocus?: RefObject<HTMLElement | null>
  readonly children?: ReactNode
}

/** Whether the tenant is another than when the dialog opened: what one decided about must be what is there. */
function useChanged(tenant: Tenant): boolean {
  const [seen] = useState(tenant.rowVersion)
  return tenant.rowVersion !== seen
}

function ChangeNote(props: { changed: boolean }) {
  return (
    <p role="status" className="flex items-center gap-1.5 text-12 text-ink-2">
      <Icon
        of={props.changed ? TriangleAlert : CircleCheck}
        className={`${props.changed ? 'tone-warn' : 'tone-ok'} text-tone-icon`}
      />
      {props.changed ? 'Changed since you opened this' : 'Unchanged since you opened this'}
    </p>
  )
}

/** The frame of an action's dialog; closes when the request is accepted, and says why when it is not. */
export function ActionDialog(props: Frame) {
  const { tenant, tier, action } = props
  const { verb, icon } = actionWords[action]
  const keep = useRef<HTMLButtonElement>(null)
  const changed = useChanged(tenant)
  const password = usePasswordStep(tier === 3)
  const refusal =
    props.refusal ??
    (changed ? 'It changed since you opened this: close it and look again.' : undefined) ??
    props.missing ??
    password.missing
  const act = async () => {
    const isAccepted = await password
      .settle()
      .then(props.onAct)
      .then(
        () => true,
        () => false,
      )
    if (isAccepted && !props.staysOpen) props.onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={props.title}
      description={props.description}
      width={tier === 1 ? 520 : 620}
      edged={tier === 3}
      initialFocus={props.initialFocus ?? keep}
      footer={
        <>
          <CopyCall action={action} wish={props.wish} />
          {tier > 1 && <span className="text-12 text-ink-3 max-md:hidden">Enter does not confirm</span>}
          <Button ref={keep} onClick={props.onClose}>
            {props.keep}
          </Button>
          <Button
            variant={tier === 3 ? 'danger' : 'primary'}
            icon={icon}
            busy={props.isPending || password.isPending}
            disabledReason={refusal}
            onKeyDown={(event) => tier > 1 && event.key === 'Enter' && event.preventDefault()}
            onClick={act}
          >
            {props.act ?? `${verb} ${tenant.slug}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <ChangeNote changed={changed} />
        <TargetBox tenant={tenant} />
        {props.children}
        {password.field}
        {props.error ? <FormFault fault={faultOf(props.error)} /> : null}
      </div>
    </Dialog>
  )
}
