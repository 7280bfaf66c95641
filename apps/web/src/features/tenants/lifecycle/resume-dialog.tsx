import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { useResumeTenant } from './use-resume-tenant.ts'

/** Tier 1. */
export function ResumeDialog(props: ActionDialogProps) {
  const { resume, isPending, error } = useResumeTenant()
  const wish = { tenantId: props.tenant.id }
  return (
    <ActionDialog
      {...props}
      action="tenant.resume"
      tier={1}
      title="Resume tenant"
      description="Opens the schema and gives its roles their logins back, with the credentials they had."
      keep="Leave it suspended"
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => resume(wish)}
    />
  )
}
