import type { ClusterCheck } from '@tenantry/contracts'
import type pg from 'pg'
import { ok, warning } from './outcome.ts'
import type { Facts } from './read-facts.ts'

const most = 50

/** Schemas with tables that nobody has registered: what a running fleet brings along. */
export async function findSchemas(admin: pg.ClientBase, { isInstalled }: Facts): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(`
    SELECT n.nspname::text AS name FROM pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public', 'tenantry')
      AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p'))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
      ${isInstalled ? 'AND NOT EXISTS (SELECT FROM tenantry.tenant t WHERE t.schema = n.nspname AND t.dropped_at IS NULL)' : ''}
    ORDER BY 1 LIMIT ${most}`)
  return rows.map(({ name }) => name)
}

export function schemasCheck(schemas: readonly string[]): ClusterCheck {
  if (schemas.length === 0) return ok('schemas', 'No schema holds tables that Tenantry does not know.')
  const named = schemas.slice(0, 5).join(', ')
  return warning(
    'schemas',
    `${schemas.length === 1 ? 'The schema' : `${schemas.length === most ? `${most} or more` : schemas.length} schemas,`} ${named}${schemas.length > 5 ? ', …' : ''}: they stay as they are, and can be adopted as tenants.`,
    null,
  )
}
