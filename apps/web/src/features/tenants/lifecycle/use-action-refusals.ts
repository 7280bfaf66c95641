import { useStaleRefusal } from '../../../live/use-live.ts'
import { permissionRefusal, useViewer } from '../../../shell/viewer.ts'
import type { Tenant } from '../use-tenant.ts'
import { actionWords, type LifecycleAction, lifecycleActions } from './action-words.ts'
import { refuseAction } from './refuse-action.ts'

export type ActionRefusals = Readonly<Record<LifecycleAction, string | undefined>>

/** Why each action is not possible for this person now. */
export function useActionRefusals(tenant: Tenant): ActionRefusals {
  const { role } = useViewer()
  const stale = useStaleRefusal()
  return Object.fromEntries(
    lifecycleActions.map((action) => {
      const mayNot = permissionRefusal(role, actionWords[action].permission)
      return [action, refuseAction(action, tenant, { mayNot, stale })]
    }),
  ) as ActionRefusals
}
