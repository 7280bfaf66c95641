import { schemaNameOf } from '@tenantry/contracts'
import { endSessions } from '../steps/access/sessions.ts'
import { renameSchema } from '../steps/rename-schema.ts'
import { tenantOf } from '../steps/tenant-of.ts'
import { changeTenant } from './change-tenant.ts'

/** Renames a tenant's schema; sessions that still look for the old name are ended, so that they find the new one. */
export const renameTenantJob = changeTenant(
  [
    renameSchema(
      ({ claimed }) => tenantOf(claimed).schemaName,
      ({ claimed }) => schemaNameOf(String(claimed.operation.input.slug)),
    ),
    endSessions,
  ],
  undefined,
  (_, input) => ({ slug: String(input.slug), schemaName: schemaNameOf(String(input.slug)) }),
)
