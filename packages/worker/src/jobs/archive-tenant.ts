import { archivedSchemaNameOf } from '@tenantry/contracts'
import { checkClosed } from '../steps/access/check.ts'
import { takeLogins } from '../steps/access/logins.ts'
import { endSessions } from '../steps/access/sessions.ts'
import { closeSchema } from '../steps/access/usage.ts'
import { renameSchema } from '../steps/rename-schema.ts'
import { tenantOf } from '../steps/tenant-of.ts'
import { changeTenant } from './change-tenant.ts'

/** Puts a tenant away: closed, and its schema under another name, until it is restored or purged. */
export const archiveTenantJob = changeTenant(
  [
    takeLogins,
    closeSchema,
    endSessions,
    renameSchema(
      ({ claimed }) => tenantOf(claimed).schemaName,
      ({ claimed }) => archivedSchemaNameOf(tenantOf(claimed).id),
    ),
    checkClosed,
  ],
  'archived',
  (_, input) => {
    const now = new Date()
    return { archivedAt: now, keptUntil: new Date(now.getTime() + Number(input.keepDays) * 86_400_000) }
  },
)
