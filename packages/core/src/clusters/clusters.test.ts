import type { ErrorCode } from '@tenantry/contracts'
import { installCluster } from '@tenantry/db/cluster'
import { createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  addCluster,
  changeCluster,
  checkCluster,
  cordonCluster,
  detachCluster,
  ensureCluster,
  provisionTenant,
  runVerb,
  setPlacement,
  uncordonCluster,
  upgradeClusters,
} from '../index.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
const databases: TestDatabase[] = []
beforeAll(async () => {
  test = await createTestCore()
})
afterEach(() => test.control.pool.query(`delete from control.setting`))
afterAll(async () => {
  await test.close()
  await Promise.all(databases.map((database) => database.drop()))
})

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  databases.push(database)
  return database
}
const rows = async (query: string) => (await test.control.pool.query(query)).rows
const rowOf = async (id: string) => (await rows(`select * from control.cluster where id = '${id}'`))[0]
const refused = (code: ErrorCode) => expect.objectContaining({ name: 'TenantryError', code })
const audits = (id: string) =>
  rows(`select action, outcome, before, after from control.audit where target_id = '${id}' order by at`)

let count = 0
const wish = (adminUrl: string, over: object = {}) => ({
  name: `added-${++count}`,
  adminUrl,
  labels: {},
  limits: {},
  maxConcurrency: 4,
  cordoned: false,
  ...over,
})
const add = (adminUrl: string, over: object = {}) =>
  runVerb(test.core, test.ana, addCluster, wish(adminUrl, over))
const provision = (clusterId?: string) => {
  const slug = `here-${++count}`
  return runVerb(test.core, test.ana, provisionTenant, {
    idempotencyKey: `key-${slug}`,
    slug,
    displayName: slug,
    templateId: test.ids.template,
    clusterId,
    labels: {},
    notes: '',
    fromPool: true,
  })
}

describe('checking a database', () => {
  it('answers check by check, registers nothing, and is audited without the password', async () => {
    const { url, name } = await newDatabase()
    const { checks } = await runVerb(test.core, test.ana, checkCluster, { adminUrl: url, maxConcurrency: 4 })
    expect(checks.filter(({ outcome }) => outcome === 'error')).toEqual([])
    expect(checks.map(({ check }) => check)).toEqual([
      'reach',
      'tls',
      'login',
      'version',
      'writable',
      'rights',
      'control',
      'twin',
      'prepared',
      'extensions',
      'languages',
      'encryption',
      'locks',
      'connections',
      'worker_login',
      'temp_files',
      'schemas',
    ])
    expect(await rows(`select 1 from control.cluster where endpoint->>'database' = '${name}'`)).toEqual([])
    const [audit] = await rows(`select after::text from control.audit where action = 'cluster.check'`)
    expect(audit.after).toContain(name)
    expect(audit.after).not.toContain(`:${new URL(url).password}@`)
    expect(audit.after).not.toContain('postgres')
  })

  it('looks again at a cluster by its id, and keeps what it finds', async () => {
    const { url } = await newDatabase()
    const { clusterId } = await add(url)
    await test.control.pool.query(`update control.cluster set checks = '[]' where id = '${clusterId}'`)
    const { checks } = await runVerb(test.core, test.ana, checkCluster, { clusterId })
    expect(checks).toContainEqual(expect.objectContaining({ check: 'twin', outcome: 'ok' }))
    expect((await rowOf(clusterId)).checks).toHaveLength(checks.length)
  })
})

describe('adding a cluster', () => {
  it('installs its side, makes its queue as the runtime role, seals its address and leaves an audit row', async () => {
    const database = await newDatabase()
    const { clusterId } = await add(database.url, {
      labels: { region: 'eu' },
      limits: { tenants: 10 },
      maxConcurrency: 3,
    })
    const row = await rowOf(clusterId)
    expect(row).toMatchObject({
      state: 'active',
      max_concurrency: 3,
      labels: { region: 'eu' },
      limits: { tenants: 10 },
      endpoint: { database: database.name },
      admin_url: expect.stringMatching(/^v1\./),
      worker_url: expect.stringMatching(/^v1\./),
    })
    expect(row.installation_id).toBeTruthy()
    expect((await database.pool.query('select 1 from tenantry.installation')).rowCount).toBe(1)
    expect(await rows(`select partition from pgboss.queue where name = 'operations-${clusterId}'`)).toEqual([
      { partition: true },
    ])
    expect(await audits(clusterId)).toMatchObject([
      { action: 'cluster.add', outcome: 'succeeded', after: { database: database.name } },
    ])
    expect((await provision(clusterId)).operationId).toMatch(/^op_/)
  })

  it('is refused by any error, with its SQL, and changes nothing', async () => {
    const database = await newDatabase()
    await database.pool.query(`CREATE LANGUAGE rough HANDLER plpgsql_call_handler;
      UPDATE pg_language SET lanpltrusted = false WHERE lanname = 'rough'`)
    const error = await add(database.url).catch((e) => e)
    expect(error).toEqual(refused('cluster_unfit'))
    expect(error.detail.errors).toEqual([
      expect.objectContaining({ check: 'languages', mend: 'DROP LANGUAGE "rough";' }),
    ])
    expect((await database.pool.query(`select to_regnamespace('tenantry') as found`)).rows).toEqual([
      { found: null },
    ])
    await database.pool.query(error.detail.errors[0].mend)
    expect((await add(database.url)).clusterId).toMatch(/^cl_/)
  })

  it('is refused for the control database', async () => {
    const error = await add(test.control.url).catch((e) => e)
    expect(error).toEqual(refused('cluster_unfit'))
    expect(error.message).toContain('is a control database')
  })

  it('is refused for a database that is a cluster already, also at another address', async () => {
    const { url } = await newDatabase()
    const { name } = await add(url)
    const error = await add(url.replace('127.0.0.1', 'localhost')).catch((e) => e)
    expect(error.message).toContain(`is the cluster ${name} already`)
  })

  it('is refused for a database with the tenants of another control plane', async () => {
    const database = await newDatabase()
    await installCluster(database.url, { workerPassword: 'of somebody else' })
    await database.pool.query(`insert into tenantry.tenant (tenant_id, schema, owner_role, writer_role, app_role)
      values ('tn_00000000000000000000000001', 't_theirs', 'o', 'w', 'a')`)
    const error = await add(database.url).catch((e) => e)
    expect(error.message).toContain('Another control plane has 1 tenants')
  })

  it('is refused under a name that is taken', async () => {
    const { url } = await newDatabase()
    await expect(add(url, { name: 'eu-1' })).rejects.toEqual(refused('invalid_input'))
  })

  it('names what does not answer, and no password', async () => {
    const gone = new URL((await newDatabase()).url)
    gone.port = '1'
    gone.password = 'never-in-a-message'
    const error = await add(gone.href, { name: 'gone' }).catch((e) => e)
    expect(error).toEqual(refused('cluster_unreachable'))
    expect(error.message).toContain('gone (127.0.0.1:1/')
    expect(
      JSON.stringify([error, error.message, await rows('select after from control.audit')]),
    ).not.toContain(gone.password)
  })

  it('does not dial link-local addresses, where clouds keep their secrets', async () => {
    const error = await add('postgres://u:p@169.254.169.254:80/d').catch((e) => e)
    expect(error.message).toContain('link-local')
  })
})

describe('a cluster that the settings name', () => {
  it('is added at the first start, left alone at the next, and keeps what people have changed', async () => {
    const { url } = await newDatabase()
    const id = String(await ensureCluster(test.core, { name: 'named', adminUrl: url, maxConcurrency: 3 }))
    await runVerb(test.core, test.ana, changeCluster, {
      clusterId: id,
      ifVersion: 1,
      name: 'renamed',
      maxConcurrency: 5,
    })
    const before = await audits(id)
    expect(await ensureCluster(test.core, { name: 'named', adminUrl: url, maxConcurrency: 3 })).toBe(id)
    const elsewhere = url.replace('127.0.0.1', 'localhost')
    expect(await ensureCluster(test.core, { name: 'named', adminUrl: elsewhere })).toBe(id)
    expect(await rowOf(id)).toMatchObject({
      name: 'renamed',
      max_concurrency: 5,
      endpoint: { host: 'localhost' },
    })
    expect((await audits(id)).slice(before.length)).toMatchObject([{ action: 'cluster.change' }])
  })

  it('is refused when its name leads to a database in which its tenants are not', async () => {
    const [{ url }, other] = await Promise.all([newDatabase(), newDatabase()])
    await ensureCluster(test.core, { name: 'moved', adminUrl: url })
    await expect(ensureCluster(test.core, { name: 'moved', adminUrl: other.url })).rejects.toEqual(
      refused('cluster_unfit'),
    )
  })

  it('stays detached when people have detached it', async () => {
    const { url } = await newDatabase()
    const id = String(await ensureCluster(test.core, { name: 'left', adminUrl: url }))
    await detach(id)
    expect(await ensureCluster(test.core, { name: 'left', adminUrl: url })).toBeUndefined()
    expect((await add(url, { name: 'left' })).clusterId).not.toBe(id)
  })
})

describe('changing a cluster', () => {
  it('is refused when somebody else has changed it since', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    const change = (labels: Record<string, string>) =>
      runVerb(test.core, test.ana, changeCluster, { clusterId, ifVersion: 1, labels })
    expect(await change({ region: 'eu' })).toMatchObject({ labels: { region: 'eu' }, rowVersion: 2 })
    await expect(change({ region: 'us' })).rejects.toEqual(refused('version_conflict'))
    expect((await rowOf(clusterId)).labels).toEqual({ region: 'eu' })
  })

  it('takes a new address of the same database, and refuses that of another', async () => {
    const [{ url }, other] = await Promise.all([newDatabase(), newDatabase()])
    const { clusterId } = await add(url)
    const change = (adminUrl: string) =>
      runVerb(test.core, test.ana, changeCluster, { clusterId, ifVersion: 1, adminUrl })
    await expect(change(other.url)).rejects.toEqual(refused('cluster_unfit'))
    await change(url.replace('127.0.0.1', 'localhost'))
    expect((await rowOf(clusterId)).endpoint).toMatchObject({ host: 'localhost' })
  })

  it('by a look that finds news raises no version: nobody has edited', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    await test.control.pool.query(`update control.cluster set reachable = false where id = '${clusterId}'`)
    expect((await rowOf(clusterId)).row_version).toBe('1')
  })
})

describe('cordoning a cluster', () => {
  it('keeps tenants off it until it is uncordoned, and says why', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    await runVerb(test.core, test.ana, cordonCluster, { clusterId, reason: 'the disk is filling' })
    expect(await rowOf(clusterId)).toMatchObject({ state: 'cordoned', state_reason: 'the disk is filling' })
    await expect(provision(clusterId)).rejects.toEqual(refused('no_cluster'))
    await expect(runVerb(test.core, test.ana, cordonCluster, { clusterId, reason: 'again' })).rejects.toEqual(
      refused('unlawful_transition'),
    )
    await runVerb(test.core, test.ana, uncordonCluster, { clusterId })
    expect(await rowOf(clusterId)).toMatchObject({ state: 'active', state_reason: null })
    expect((await provision(clusterId)).operationId).toMatch(/^op_/)
  })
})

const detach = async (clusterId: string, over: object = {}) => {
  const { name, row_version } = await rowOf(clusterId)
  return runVerb(test.core, test.ana, detachCluster, {
    clusterId,
    ifVersion: Number(row_version),
    reason: 'moved away',
    confirmName: name,
    ...over,
  })
}

describe('detaching a cluster', () => {
  it('is refused with the numbers while anything is on it', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    await provision(clusterId)
    const error = await detach(clusterId).catch((e) => e)
    expect(error).toEqual(refused('cluster_in_use'))
    expect(error.message).toContain('1 tenant and 1 unfinished operation are still there')
    expect(error.detail).toMatchObject({ tenants: 1, spares: 0, operations: 1 })
    expect((await rowOf(clusterId)).state).toBe('active')
  })

  it('wants its name typed', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    await expect(detach(clusterId, { confirmName: 'another' })).rejects.toEqual(refused('invalid_input'))
  })

  it('is refused while placement is pinned to it', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    const policy = { strategy: 'pinned', clusterId } as const
    await runVerb(test.core, test.ana, setPlacement, { policy, ifSetAt: null })
    await expect(detach(clusterId)).rejects.toEqual(refused('cluster_in_use'))
  })

  it('erases its secrets, frees its name and lets nothing come any more', async () => {
    const { url } = await newDatabase()
    const { clusterId, name } = await add(url)
    await detach(clusterId)
    expect(await rowOf(clusterId)).toMatchObject({ state: 'detached', admin_url: '', worker_url: '' })
    await expect(provision(clusterId)).rejects.toEqual(refused('not_found'))
    await expect(
      test.control.pool.query(`insert into control.operation (id, kind, cluster_id, priority, max_attempts, requested_by,
        idempotency_key, request_hash, template_id) values ('op_x', 'template.build', '${clusterId}', 1, 1,
        '${test.ids.user}', 'a key of its own', '', '${test.ids.template}')`),
    ).rejects.toMatchObject({ code: 'TC003' })
    expect((await add(url, { name })).name).toBe(name)
  })

  it('makes a placement that comes at the same moment wait, and then refuses it', async () => {
    const { clusterId } = await add((await newDatabase()).url)
    const [one, other] = await Promise.allSettled([detach(clusterId), provision(clusterId)])
    expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    const left = await rows(
      `select count(*)::int as count from control.tenant where cluster_id = '${clusterId}'`,
    )
    expect(left[0].count === 0).toBe((await rowOf(clusterId)).state === 'detached')
  })
})

describe('upgrading the registered clusters', () => {
  it('goes on past one that does not answer, and leaves detached ones alone', async () => {
    const ids = await upgradeClusters(test.core)
    // The fixture's own cluster holds no sealed address at all: worse than down.
    expect(ids).toContain(test.ids.cluster)
    const detached = await rows(`select id from control.cluster where state = 'detached'`)
    expect(detached.length).toBeGreaterThan(0)
    for (const { id } of detached) expect(ids).not.toContain(id)
  })
})
