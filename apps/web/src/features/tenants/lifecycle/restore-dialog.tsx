import { TimeStamp, useNow } from '../../../ui/time.tsx'
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx'
import { isKept } from './kept-words.ts'
import { useRestoreTenant } from './use-restore-tenant.ts'

/** Tier 1: and how long there is time for it. */
export function RestoreDialog(props: ActionDialogProps) {
  const { tenant } = props
  const now = useNow(15_000)
  const { restore, isPending, error } = useRestoreTenant()
  const wish = { tenantId: tenant.id }
  return (
    <ActionDialog
      {...props}
      action="tenant.restore"
      tier={1}
      title="Restore tenant"
      description="Brings it back as it was: its schema under its own name, verified, and open to its product with the same credentials."
      keep="Leave it archived"
      wish={wish}
      isPending={isPending}
      error={error}
      onAct={() => restore(wish)}
    >
      <p className="text-ink-2">
        {tenant.keptUntil && isKept(tenant.keptUntil, now) ? (
          <>
            It is kept until <TimeStamp at={tenant.keptUntil} withZone />.
          </>
        ) : (
          'Its window is over, but nobody has purged it: it can still be restored.'
        )}{' '}
        It becomes active, also when it was suspended before.
      </p>
    </ActionDialog>
  )
}
