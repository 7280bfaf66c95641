import { archivedSchemaNameOf } from '@tenantry/contracts'
import type { Tenant } from '../use-tenant.ts'

/** What its schema is called on the cluster now: an archived tenant's rests under another name. */
export function schemaNow({ id, state, schemaName }: Pick<Tenant, 'id' | 'state' | 'schemaName'>): string {
  return state === 'archived' || state === 'purging' ? archivedSchemaNameOf(id) : schemaName
}
