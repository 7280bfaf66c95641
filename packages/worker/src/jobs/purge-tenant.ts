import { endSessions } from '../steps/access/sessions.ts'
import { beginPurge } from '../steps/begin-purge.ts'
import { dropRoles, dropSchema } from '../steps/drop-lane.ts'
import { dropObjects } from '../steps/drop-objects.ts'
import { changeTenant } from './change-tenant.ts'

/** Erases an archived tenant for good. Going forward is taking back, so no step has a way back: a failure is retried. */
export const purgeTenantJob = changeTenant(
  [endSessions, beginPurge, dropObjects, dropSchema, dropRoles],
  'purged',
  () => ({
    fingerprint: null,
  }),
)
