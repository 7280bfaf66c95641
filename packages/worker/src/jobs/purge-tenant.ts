import { endSessions } from '../steps/access/sessions.ts'
import { dropObjects } from '../steps/drop-objects.ts'
import { onLane } from '../steps/on-lane.ts'
import { moveTenant } from './move-tenant.ts'

/** Erases an archived tenant for good. Going forward is taking back, so no step has a way back: a failure is retried. */
export const purgeTenantJob = moveTenant(
  [
    endSessions,
    dropObjects,
    {
      name: 'schema',
      async up(context) {
        return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_schema($1, $2, $3)') }
      },
    },
    {
      name: 'roles',
      async up(context) {
        return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)') }
      },
    },
  ],
  'purged',
  () => ({ fingerprint: null }),
)
