import { archivedSchemaNameOf } from '@tenantry/contracts'
import { checkOpen } from '../steps/access/check.ts'
import { giveLogins } from '../steps/access/logins.ts'
import { openSchema } from '../steps/access/usage.ts'
import { renameSchema } from '../steps/rename-schema.ts'
import { tenantOf } from '../steps/tenant-of.ts'
import { verifyKept } from '../steps/verify-kept.ts'
import { changeTenant } from './change-tenant.ts'

/** Brings an archived tenant back, as it was. */
export const restoreTenantJob = changeTenant(
  [
    renameSchema(
      ({ claimed }) => archivedSchemaNameOf(tenantOf(claimed).id),
      ({ claimed }) => tenantOf(claimed).schemaName,
    ),
    openSchema,
    // Who may use the schema is part of its fingerprint.
    verifyKept,
    giveLogins,
    checkOpen,
  ],
  'active',
  () => ({ archivedAt: null, keptUntil: null }),
)
