import type { OperationKind, TenantState } from '@tenantry/contracts'
import { newId } from '../../control/new-id.ts'
import type { Database } from '../../control/open-control.ts'
import { cluster, migration, operation, template, templateVersion, tenant, user } from '../../schema/index.ts'
import type { ControlTestDatabase } from '../../testing/index.ts'

export interface Fleet {
  readonly userId: string
  readonly clusterIds: readonly [string, string]
  readonly templateId: string
}

/** What every tenant stands on: a person, two clusters and a template that is ready. */
export async function seedFleet(db: Database): Promise<Fleet> {
  const fleet: Fleet = {
    userId: newId('us'),
    clusterIds: [newId('cl'), newId('cl')],
    templateId: newId('tp'),
  }
  await db.insert(user).values({
    id: fleet.userId,
    email: 'ana@tenantry.test',
    name: 'Ana Ruiz',
    role: 'admin',
    passwordHash: 'none',
  })
  await db
    .insert(cluster)
    .values(
      fleet.clusterIds.map((id, i) => ({ id, name: `eu-${i + 1}`, adminUrl: 'sealed', workerUrl: 'sealed' })),
    )
  await db.insert(template).values({ id: fleet.templateId, slug: 'university', name: 'University' })
  await db
    .insert(migration)
    .values({ templateId: fleet.templateId, version: 1, name: 'people', sql: 'select 1', checksum: 'c' })
  await db.insert(templateVersion).values({
    templateId: fleet.templateId,
    version: 1,
    state: 'ready',
    snapshot: 's',
    placeholders: { schema: 's', owner: 'o', writer: 'w', app: 'a' },
    fingerprint: 'f',
  })
  return fleet
}

/** Tenants by slug, all in one transaction and so of one moment. @returns their ids in the same order */
export async function seedTenants(
  db: Database,
  fleet: Fleet,
  slugs: readonly string[],
  over: Partial<typeof tenant.$inferInsert> = {},
): Promise<string[]> {
  const rows = slugs.map((slug) => ({
    id: newId('tn'),
    slug,
    displayName: `College ${slug}`,
    clusterId: fleet.clusterIds[0],
    placementReason: 'the only one',
    schemaName: `t_${slug.replaceAll('-', '_')}`,
    templateId: fleet.templateId,
    templateVersion: 1,
    ownerId: fleet.userId,
    ...over,
  }))
  await db.insert(tenant).values(rows)
  return rows.map(({ id }) => id)
}

/** Puts tenants into a state, whatever leads there. */
export async function putTenants(
  { pool }: Pick<ControlTestDatabase, 'pool'>,
  ids: readonly string[],
  state: TenantState,
): Promise<void> {
  await pool.query('alter table control.tenant disable trigger tenant_moves_lawfully')
  await pool.query("update control.tenant set state = $2, fingerprint = 'f' where id = any($1)", [ids, state])
  await pool.query('alter table control.tenant enable trigger tenant_moves_lawfully')
}

/** A queued operation. @returns its id */
export async function seedOperation(
  db: Database,
  fleet: Fleet,
  over: Partial<typeof operation.$inferInsert> & { kind?: OperationKind } = {},
): Promise<string> {
  const id = newId('op')
  await db.insert(operation).values({
    id,
    kind: 'tenant.provision',
    clusterId: fleet.clusterIds[0],
    priority: 10,
    maxAttempts: 6,
    deadlineSeconds: 900,
    requestedBy: fleet.userId,
    idempotencyKey: id,
    requestHash: '',
    ...over,
  })
  return id
}

/** Ends operations as if they had begun and finished at these seconds before now. */
export async function endOperation(
  { pool }: Pick<ControlTestDatabase, 'pool'>,
  id: string,
  {
    state = 'succeeded',
    startedAgo,
    finishedAgo,
  }: { state?: string; startedAgo: number; finishedAgo: number },
): Promise<void> {
  await pool.query('alter table control.operation disable trigger operation_moves_lawfully')
  await pool.query(
    `update control.operation set state = $2, started_at = now() - make_interval(secs => $3),
       finished_at = now() - make_interval(secs => $4),
       error = case when $2 = 'failed' then '{"code": "x", "message": "y", "class": "permanent", "attempt": 1}'::jsonb end
     where id = $1`,
    [id, state, startedAgo, finishedAgo],
  )
  await pool.query('alter table control.operation enable trigger operation_moves_lawfully')
}
