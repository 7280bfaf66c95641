import { type ComponentType, createContext, type ReactNode, useContext, useState } from 'react'
import { useOfferActions } from '../../../shell/palette-actions.ts'
import type { Tenant } from '../use-tenant.ts'
import type { ActionDialogProps } from './action-dialog.tsx'
import { actionWords, type LifecycleAction, lifecycleActions } from './action-words.ts'
import { ArchiveDialog } from './archive-dialog.tsx'
import { CloneDialog } from './clone-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { PurgeDialog } from './purge-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { ResumeDialog } from './resume-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { SuspendDialog } from './suspend-dialog.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { type ActionRefusals, useActionRefusals } from './use-action-refusals.ts'

const dialogs: Readonly<Record<LifecycleAction, ComponentType<ActionDialogProps>>> = {
  'tenant.suspend': SuspendDialog,
  'tenant.resume': ResumeDialog,
  'tenant.rename': RenameDialog,
  'tenant.transfer': TransferDialog,
  'tenant.rotate': RotateDialog,
  'tenant.clone': CloneDialog,
  'tenant.move': MoveDialog,
  'tenant.archive': ArchiveDialog,
  'tenant.restore': RestoreDialog,
  'tenant.purge': PurgeDialog,
}

interface Asking {
  readonly refusals: ActionRefusals
  /** Opens the dialog of an action. */
  readonly ask: (action: LifecycleAction) => void
}

const AskingContext = createContext<Asking | undefined>(undefined)

/** Holds the one dialog that is open, whoever on the page asked for it, and offers the actions in the palette. */
export function TenantActions(props: { tenant: Tenant; children: ReactNode }) {
  const { tenant } = props
  const refusals = useActionRefusals(tenant)
  const [asked, ask] = useState<LifecycleAction>()
  useOfferActions(
    lifecycleActions.map((action) => ({
      id: action,
      label: `${actionWords[action].verb} ${tenant.slug}`,
      icon: actionWords[action].icon,
      run: () => ask(action),
      disabledReason: refusals[action],
    })),
  )
  const Dialog = asked && dialogs[asked]
  return (
    <AskingContext value={{ refusals, ask }}>
      {props.children}
      {Dialog && <Dialog tenant={tenant} refusal={refusals[asked]} onClose={() => ask(undefined)} />}
    </AskingContext>
  )
}

/** Why each action is not possible, and the way to its dialog; inside `TenantActions`. */
export function useTenantActions(): Asking {
  const asking = useContext(AskingContext)
  if (!asking) throw new Error('useTenantActions outside TenantActions')
  return asking
}
