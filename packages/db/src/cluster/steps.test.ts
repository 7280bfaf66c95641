import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGuardedSession } from './open-guarded-session.ts'
import { createTestCluster, newTenantId, sqlstateOf, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

const createRoles = (id: string, schema: string, operation: string, fence: number) =>
  cluster.ask('SELECT tenantry.create_tenant_roles($1, $2, $3, $4)', [id, schema, operation, fence])
const createSchema = (id: string, operation: string, fence: number) =>
  cluster.ask('SELECT tenantry.create_tenant_schema($1, $2, $3)', [id, operation, fence])
const dropSchema = (id: string, operation: string, fence: number) =>
  cluster.ask('SELECT tenantry.drop_tenant_schema($1, $2, $3)', [id, operation, fence])
const dropRoles = (id: string, operation: string, fence: number) =>
  cluster.ask('SELECT tenantry.drop_tenant_roles($1, $2, $3)', [id, operation, fence])

async function inventoryOf(id: string): Promise<string[]> {
  const { rows } = await cluster.worker.query(
    'SELECT kind, name FROM tenantry.inventory() WHERE tenant_id = $1',
    [id],
  )
  return rows.map(({ kind, name }) => `${kind} ${name}`).sort()
}

const newSchema = () => `t_${randomBytes(4).toString('hex').replace(/^\d/, 'a')}`

describe('the steps of a provision', () => {
  it('are done once: a second attempt finds them in the ledger', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    expect(await createRoles(id, schema, 'op_once', 1)).toBe(true)
    expect(await createRoles(id, schema, 'op_once', 2)).toBe(false)
    expect(await createSchema(id, 'op_once', 2)).toBe(true)
    expect(await createSchema(id, 'op_once', 3)).toBe(false)
    expect(await inventoryOf(id)).toEqual([
      `role ${id}`,
      `role ${id}_app`,
      `role ${id}_w`,
      `schema ${schema}`,
    ])
  })

  it('are done by one of many attempts at the same time', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    const attempts = await Promise.all(Array.from({ length: 8 }, () => createRoles(id, schema, 'op_race', 1)))
    expect(attempts.filter((done) => done)).toHaveLength(1)
  })

  it('of twenty tenants can be done at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => cluster.createTenant()))
    await Promise.all(made.map((tenant) => cluster.run(tenant, 'CREATE TABLE a (id int)')))
    await Promise.all(
      made.map(({ id }) => dropSchema(id, `drop ${id}`, 2).then(() => dropRoles(id, `drop ${id}`, 2))),
    )
    for (const { id } of made) expect(await inventoryOf(id)).toEqual([])
  })

  it('are refused to an older attempt', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    await createRoles(id, schema, 'op_fenced', 5)
    expect(await sqlstateOf(createSchema(id, 'op_fenced', 4))).toBe('TN002')
    expect(await sqlstateOf(createSchema(id, 'op_another', 4))).toBe('TN002')
    expect(await sqlstateOf(cluster.ask('SELECT tenantry.end_sessions($1, 4)', [id]))).toBe('TN002')
    expect(await inventoryOf(id)).not.toContain(`schema ${schema}`)
  })

  it('are refused for a tenant that has no roles', async () => {
    expect(await sqlstateOf(createSchema(newTenantId(), 'op_early', 1))).toBe('TN004')
  })

  it('refuse a schema that another tenant has', async () => {
    const { schema } = await cluster.createTenant()
    expect(await sqlstateOf(createRoles(newTenantId(), schema, 'op_taken', 1))).toBe('TN005')
  })

  it('refuse a schema that somebody made by hand, and the way back leaves it alone', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    await cluster.admin.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.precious ()`)
    await createRoles(id, schema, 'op_foreign', 1)
    expect(await sqlstateOf(createSchema(id, 'op_foreign', 1))).toBe('TN005')
    expect(await dropSchema(id, 'op_foreign', 2)).toBe(false)
    expect(await dropRoles(id, 'op_foreign', 2)).toBe(true)
    const { rows } = await cluster.admin.query(`SELECT to_regclass('${schema}.precious') AS precious`)
    expect(rows[0].precious).not.toBeNull()
    await cluster.admin.query(`DROP SCHEMA ${schema} CASCADE`)
  })

  it('refuse roles that somebody made by hand', async () => {
    const id = newTenantId()
    await cluster.admin.query(`CREATE ROLE ${id}_w`)
    expect(await sqlstateOf(createRoles(id, newSchema(), 'op_role', 1))).toBe('TN005')
    await cluster.admin.query(`DROP ROLE ${id}_w`)
  })
})

describe('names', () => {
  const good = 'tn_01h455vb4pex5vsknk084sn02q'
  it.each([
    ['t_', good],
    ['t_1a', good],
    ['students', good],
    ['T_a', good],
    ['t_a b', good],
    ['t_a"; DROP SCHEMA tenantry CASCADE; --', good],
    ["t_a'; SELECT 1; --", good],
    ['t_a.b', good],
    ['t_ä', good],
    [`t_${'a'.repeat(60)}`, good],
    ['pg_catalog', good],
    ['t_a\n', good],
    [null, good],
    ['t_a', 'postgres'],
    ['t_a', 'tn_01h455vb4pex5vsknk084sn02'],
    ['t_a', 'tn_01h455vb4pex5vsknk084sn02q_app'],
    ['t_a', 'tn_"; ALTER ROLE x SUPERUSER;--'],
    ['t_a', null],
  ])('refuse schema %j of tenant %j', async (schema, id) => {
    const attempt = cluster.ask('SELECT tenantry.create_tenant_roles($1, $2, $3, 1)', [
      id,
      schema,
      'op_names',
    ])
    expect(await sqlstateOf(attempt)).toBe('TN003')
    if (id !== good) expect(await sqlstateOf(dropRoles(id as string, 'op_names', 1))).toBe('TN003')
  })

  it('are accepted up to the longest that PostgreSQL keeps whole', async () => {
    const id = newTenantId()
    expect(await createRoles(id, `t_${'a'.repeat(59)}`, 'op_long', 1)).toBe(true)
    await createSchema(id, 'op_long', 1)
    await dropSchema(id, 'op_long', 2)
    await dropRoles(id, 'op_long', 2)
  })
})

describe('the way back', () => {
  it('leaves nothing behind, and can be walked twice', async () => {
    const tenant = await cluster.createTenant()
    await cluster.run(
      tenant,
      'CREATE TABLE a (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1',
    )
    expect(await dropSchema(tenant.id, 'op_drop', 2)).toBe(true)
    expect(await dropSchema(tenant.id, 'op_drop', 2)).toBe(false)
    expect(await dropRoles(tenant.id, 'op_drop', 2)).toBe(true)
    expect(await dropRoles(tenant.id, 'op_drop', 3)).toBe(false)
    expect(await inventoryOf(tenant.id)).toEqual([])
  })

  it('keeps the order: the schema first, then the roles', async () => {
    const { id } = await cluster.createTenant()
    expect(await sqlstateOf(dropRoles(id, 'op_order', 2))).toBe('2BP01')
  })

  it('is not overtaken by the attempt that slept through it', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    await createRoles(id, schema, 'op_sleep', 1)
    await createSchema(id, 'op_sleep', 1)
    await dropSchema(id, 'op_sleep', 1)
    await dropRoles(id, 'op_sleep', 1)
    expect(await sqlstateOf(createRoles(id, schema, 'op_sleep', 1))).toBe('TN002')
    expect(await sqlstateOf(createSchema(id, 'op_sleep', 1))).toBe('TN002')
    expect(await inventoryOf(id)).toEqual([])
  })

  it('bars the first attempt even when that had not begun', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    expect(await dropSchema(id, 'op_never', 2)).toBe(false)
    expect(await sqlstateOf(createRoles(id, schema, 'op_never', 1))).toBe('TN002')
    expect(await inventoryOf(id)).toEqual([])
  })

  it('lets a newer attempt do all of it again', async () => {
    const [id, schema] = [newTenantId(), newSchema()]
    for (const fence of [1, 3]) {
      expect(await createRoles(id, schema, 'op_again', fence)).toBe(true)
      expect(await createSchema(id, 'op_again', fence)).toBe(true)
      expect(await dropSchema(id, 'op_again', fence + 1)).toBe(true)
      expect(await dropRoles(id, 'op_again', fence + 1)).toBe(true)
    }
  })

  it('frees the schema for another tenant', async () => {
    const tenant = await cluster.createTenant()
    await dropSchema(tenant.id, 'op_free', 2)
    await dropRoles(tenant.id, 'op_free', 2)
    const id = newTenantId()
    expect(await createRoles(id, tenant.schema, 'op_reuse', 1)).toBe(true)
    expect(await createSchema(id, 'op_reuse', 1)).toBe(true)
  })

  it('ends the sessions that are still in the schema', async () => {
    const tenant = await cluster.createTenant()
    const begun = Promise.withResolvers<void>()
    const session = await openGuardedSession({
      pool: cluster.worker,
      tenantId: tenant.id,
      operationId: 'op_busy',
      fence: 2,
      deadlineMs: 20_000,
      failpoint: (name) => (name === 'sleep.locked' ? begun.resolve() : undefined),
    })
    const ended = expect(session.run('sleep', 'SELECT pg_sleep(60)')).rejects.toThrow(/terminat/)
    await begun.promise
    expect(await dropSchema(tenant.id, 'op_busy', 3)).toBe(true)
    await ended
    await session.close()
  })
})

describe('the inventory', () => {
  it('names a schema that nobody owns up to', async () => {
    await cluster.admin.query('CREATE SCHEMA t_orphan')
    const { rows } = await cluster.worker.query(`SELECT * FROM tenantry.inventory() WHERE name = 't_orphan'`)
    expect(rows).toEqual([{ kind: 'schema', name: 't_orphan', tenant_id: null }])
    await cluster.admin.query('DROP SCHEMA t_orphan')
  })

  it('names an owner who can log in', async () => {
    const { id } = await cluster.createTenant()
    await cluster.admin.query(`ALTER ROLE ${id} LOGIN`)
    expect(await inventoryOf(id)).toContain(`login ${id}`)
    await cluster.ask('SELECT tenantry.end_overdue($1)', [id])
    expect(await inventoryOf(id)).not.toContain(`login ${id}`)
  })

  it('leaves out the tenants of another database of the server', async () => {
    const neighbour = await createTestCluster()
    const { id } = await neighbour.createTenant()
    expect(await inventoryOf(id)).toEqual([])
    await neighbour.drop()
  })
})

it('tells the capacity of the server', async () => {
  const { rows } = await cluster.worker.query('SELECT * FROM tenantry.capacity()')
  expect(rows).toEqual([
    {
      version: expect.stringMatching(/^1[5-9]\./),
      tenants: expect.stringMatching(/^\d+$/),
      relations: expect.stringMatching(/^\d+$/),
      connections: expect.stringMatching(/^[1-9]\d*$/),
      max_connections: expect.any(Number),
      locks: expect.stringMatching(/^\d+$/),
      max_locks: expect.stringMatching(/^\d+$/),
      database_bytes: expect.stringMatching(/^\d+$/),
      catalog_bytes: expect.stringMatching(/^[1-9]\d*$/),
      oldest_transaction: expect.any(Number),
      frozen_age: expect.stringMatching(/^\d+$/),
    },
  ])
})
