import {
  alertMachine,
  bulkMachine,
  incidentMachine,
  operationMachine,
  spareMachine,
  tenantMachine,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  audit,
  cluster,
  migration,
  operation,
  template,
  templateVersion,
  tenant,
  user,
} from '../schema/index.ts'
import { controlTemplate } from '../testing/control-template.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { migrateControl } from './migrate-control.ts'
import { newId } from './new-id.ts'
import { openControl } from './open-control.ts'

const names = { schema: 's', owner: 'o', writer: 'w', app: 'a' }
let control: ControlTestDatabase
const ids = { user: newId('us'), cluster: newId('cl'), template: newId('tp') }

beforeAll(async () => {
  control = await createControlDatabase()
  const { db } = control
  await db.insert(user).values({ id: ids.user, email: 'ana@tenantry.test', name: 'Ana', role: 'admin' })
  await db.insert(cluster).values({ id: ids.cluster, name: 'eu-1', adminUrl: '', workerUrl: '' })
  await db.insert(template).values({ id: ids.template, slug: 'university', name: 'University' })
  await db
    .insert(migration)
    .values({ templateId: ids.template, version: 1, name: 'a', sql: 'select 1', checksum: '' })
  await db.insert(templateVersion).values({
    templateId: ids.template,
    version: 1,
    state: 'ready',
    snapshot: '',
    placeholders: names,
    fingerprint: 'f',
  })
})
afterAll(() => control.drop())

let count = 0
async function newTenant(slug = `college-${++count}`) {
  const id = newId('tn')
  await control.db.insert(tenant).values({
    id,
    slug,
    displayName: slug,
    clusterId: ids.cluster,
    placementReason: 'the only one',
    schemaName: `t_${slug.replaceAll('-', '_')}`,
    templateId: ids.template,
    templateVersion: 1,
    ownerId: ids.user,
  })
  return id
}
async function newOperation(tenantId: string, sourceId: string | null = null, key: string = newId('op')) {
  const id = newId('op')
  await control.db.insert(operation).values({
    id,
    kind: 'tenant.provision',
    tenantId,
    sourceId,
    clusterId: ids.cluster,
    priority: 10,
    maxAttempts: 3,
    deadlineSeconds: 60,
    requestedBy: ids.user,
    idempotencyKey: key,
    requestHash: '',
  })
  return id
}
const claim = async (id: string, worker = 'w1', lease = '10 seconds') =>
  (
    await control.db.execute(
      sql`select attempt, fence, state from control.claim_operation(${id}, ${worker}, ${lease}::interval)`,
    )
  ).rows
const refusedWith = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) })

describe('the control database', () => {
  it('lets no tenant role of its server in', async () => {
    const role = `tn_${control.name}`
    await control.pool.query(`create role ${role} login password 'x'`)
    const { rows } = await control.pool.query(
      'select has_database_privilege($1, $2, $3) as may',
      // A clone loses the database's grants: ask about the one that was migrated.
      [role, controlTemplate, 'CONNECT'],
    )
    await control.pool.query(`drop role ${role}`)
    expect(rows).toEqual([{ may: false }])
  })
})

describe('the registry', () => {
  it('refuses a second tenant of the same slug, and frees the slug of a discarded one', async () => {
    const id = await newTenant('twice')
    await expect(newTenant('twice')).rejects.toEqual(refusedWith('23505'))
    await control.db.execute(sql`update control.tenant set state = 'failed' where id = ${id}`)
    await control.db.execute(sql`update control.tenant set state = 'discarded' where id = ${id}`)
    await newTenant('twice')
  })

  it.each(['Upper', "o'hara", 'a; drop schema control', '-start', 'double--hyphen'])(
    'refuses the slug %j',
    async (slug) => {
      await expect(newTenant(slug)).rejects.toEqual(refusedWith('23514'))
    },
  )

  it('holds no active tenant without a fingerprint', async () => {
    const id = await newTenant()
    await expect(
      control.db.execute(sql`update control.tenant set state = 'active' where id = ${id}`),
    ).rejects.toEqual(refusedWith('23514'))
  })

  it.each([
    ['changed', sql`update control.template_version set seed = 'other' where version = 1`],
    ['built anew', sql`update control.template_version set state = 'building', snapshot = null`],
    ['deleted', sql`delete from control.template_version`],
  ])('keeps a template version that is ready from being %s', async (_, statement) => {
    await expect(control.db.execute(statement)).rejects.toEqual(refusedWith('TC005'))
  })

  it('raises the row version with each change', async () => {
    const id = await newTenant()
    await control.db.execute(sql`update control.tenant set notes = 'seen' where id = ${id}`)
    const { rows } = await control.db.execute(sql`select row_version from control.tenant where id = ${id}`)
    expect(rows).toEqual([{ row_version: '2' }])
  })
})

describe.each([tenantMachine, operationMachine, spareMachine, bulkMachine, incidentMachine, alertMachine])(
  'the state machine of a $noun',
  (machine) => {
    it('is in the database what it is in contracts', async () => {
      const { rows } = await control.db.execute(
        sql`select "from", "to", cause from control.machine_transition where noun = ${machine.noun}`,
      )
      const sorted = (list: readonly object[]) =>
        list.map((x) => JSON.stringify(Object.entries(x).sort())).sort()
      expect(sorted(rows)).toEqual(sorted(machine.transitions))
    })
  },
)

describe('lawful moves', () => {
  it('refuses every move of a tenant without an arrow', async () => {
    const id = await newTenant()
    await expect(
      control.db.execute(sql`update control.tenant set state = 'discarded' where id = ${id}`),
    ).rejects.toEqual(refusedWith('TC001'))
  })

  it('refuses an operation that is born finished', async () => {
    await expect(
      control.db.execute(sql`
        insert into control.operation (id, kind, state, cluster_id, priority, max_attempts, deadline_seconds, requested_by, idempotency_key, request_hash, finished_at)
        values ('x', 'tenant.provision', 'succeeded', ${ids.cluster}, 1, 1, 60, ${ids.user}, 'k', '', now())`),
    ).rejects.toEqual(refusedWith('TC001'))
  })

  it('ties finished_at to the final states and the lease to being in hand', async () => {
    const id = await newOperation(await newTenant())
    for (const change of [
      'finished_at = now()',
      "state = 'cancelled'",
      'lease_until = now()',
      "state = 'running'",
    ]) {
      await expect(
        control.db.execute(sql.raw(`update control.operation set ${change} where id = '${id}'`)),
      ).rejects.toEqual(refusedWith('23514'))
    }
  })

  it('lets one operation at a time work on a tenant', async () => {
    const id = await newTenant()
    await newOperation(id)
    await expect(newOperation(id)).rejects.toEqual(refusedWith('TC002'))
  })

  it('holds the tenant that an operation reads from like the one that it changes', async () => {
    const [source, target, other] = [await newTenant(), await newTenant(), await newTenant()]
    const reading = await newOperation(target, source)
    await expect(newOperation(source)).rejects.toEqual(refusedWith('TC002'))
    await expect(newOperation(other, source)).rejects.toEqual(refusedWith('TC002'))
    await expect(newOperation(other, target)).rejects.toEqual(refusedWith('TC002'))
    await control.db.execute(
      sql`update control.operation set state = 'cancelled', finished_at = now() where id = ${reading}`,
    )
    await newOperation(other, source)
  })

  it('lets one of many win that ask for contrary operations at once, from either side', async () => {
    const [one, two] = [await newTenant(), await newTenant()]
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => (i % 2 ? newOperation(one, two) : newOperation(two, one))),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('claiming an operation', () => {
  it('hands it to one of many workers, with a higher fence at each claim', async () => {
    const id = await newOperation(await newTenant())
    const claims = (await Promise.all(Array.from({ length: 8 }, (_, i) => claim(id, `w${i}`)))).flat()
    expect(claims).toEqual([{ attempt: 1, fence: '1', state: 'running' }])
  })

  it('takes over when the lease has run out, not before', async () => {
    const id = await newOperation(await newTenant())
    await claim(id)
    expect(await claim(id, 'w2')).toEqual([])
    await control.db.execute(
      sql`update control.operation set lease_until = now() - interval '1 second' where id = ${id}`,
    )
    expect(await claim(id, 'w2')).toEqual([{ attempt: 2, fence: '2', state: 'running' }])
  })

  it('goes on undoing what was being undone', async () => {
    const id = await newOperation(await newTenant())
    await claim(id)
    await control.db.execute(
      sql`update control.operation set state = 'undoing', lease_until = now() - interval '1 second' where id = ${id}`,
    )
    expect(await claim(id, 'w2')).toMatchObject([{ state: 'undoing', attempt: 2 }])
  })

  it('waits until it is due', async () => {
    const id = await newOperation(await newTenant())
    await control.db.execute(
      sql`update control.operation set due_at = now() + interval '1 hour' where id = ${id}`,
    )
    expect(await claim(id)).toEqual([])
  })
})

describe('the audit log', () => {
  const append = (chain: string, action = 'tenant.annotate' as const) =>
    control.db
      .insert(audit)
      .values({ chain, actorId: ids.user, actorName: 'Ana', action, outcome: 'succeeded' })
  const faults = async () =>
    (await control.pool.query('select chain, seq, fault from control.verify_audit()')).rows
  /** As somebody who owns the whole database and means harm. */
  const tamper = async (statement: string) => {
    await control.pool.query('begin')
    await control.pool.query('alter table control.audit disable trigger user')
    await control.pool.query(statement)
    await control.pool.query('alter table control.audit enable trigger user')
    await control.pool.query('commit')
  }
  beforeEach(async () => {
    control.pool.options.max = 1
    await control.pool.query(
      'alter table control.audit disable trigger user; truncate control.audit, control.audit_head; alter table control.audit enable trigger user',
    )
    for (let i = 0; i < 5; i++) await append('a')
    await append('b')
  })

  it('numbers and links each chain, also when many append at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => append('a')))
    const { rows } = await control.pool.query(
      "select max(seq)::int as last, count(*)::int from control.audit where chain = 'a'",
    )
    expect(rows).toEqual([{ last: 25, count: 25 }])
    expect(await faults()).toEqual([])
  })

  it('ignores a sequence number or hash that the caller made up', async () => {
    await control.db.insert(audit).values({
      chain: 'b',
      seq: 99,
      hash: Buffer.from('forged'),
      prevHash: Buffer.from('forged'),
      at: new Date(0),
      actorId: 'x',
      actorName: 'x',
      action: 'tenant.annotate',
      outcome: 'succeeded',
    })
    expect(await faults()).toEqual([])
  })

  it.each([
    'update control.audit set actor_name = $$x$$',
    'delete from control.audit',
    'truncate control.audit',
  ])('refuses the runtime role: %s', async (statement) => {
    await expect(control.db.execute(sql.raw(statement))).rejects.toEqual(refusedWith('42501'))
  })

  it.each([
    'update control.audit set actor_name = $$x$$',
    'delete from control.audit',
    'truncate control.audit',
  ])('refuses even the owner: %s', async (statement) => {
    await expect(control.pool.query(statement)).rejects.toMatchObject({ code: 'TC002' })
  })

  it('keeps its heads from the runtime role', async () => {
    await expect(control.db.execute(sql`update control.audit_head set seq = 1`)).rejects.toEqual(
      refusedWith('42501'),
    )
  })

  it.each([
    [
      "update control.audit set actor_name = 'Eve' where chain = 'a' and seq = 3",
      3,
      'its words were changed',
    ],
    [
      "update control.audit set at = at + interval '1 microsecond' where chain = 'a' and seq = 2",
      2,
      'its words were changed',
    ],
    ["delete from control.audit where chain = 'a' and seq = 2", 3, 'rows are missing before it'],
    ["delete from control.audit where chain = 'a' and seq = 5", 5, 'the end of the chain is missing'],
    ["delete from control.audit where chain = 'a'", 5, 'the end of the chain is missing'],
    [
      "update control.audit set prev_hash = '' where chain = 'a' and seq = 4",
      4,
      'it does not continue the row before it',
    ],
    [
      "update control.audit set chain = 'b', seq = 2 where chain = 'a' and seq = 5",
      5,
      'the end of the chain is missing',
    ],
  ])('shows tampering: %s', async (statement, seq, fault) => {
    await tamper(statement)
    expect(await faults()).toContainEqual({ chain: 'a', seq: String(seq), fault })
  })
})

describe('the event log', () => {
  const drain = async () => {
    const { rows } = await control.db.execute(sql`select control.relay_events() as last`)
    return rows[0]?.last
  }

  it('numbers what was committed without a gap, and never shows a lower number later', async () => {
    await drain()
    const slow = await control.pool.connect()
    control.pool.options.max = 10
    const writer = await control.pool.connect()
    const other = await newTenant()
    await writer.query('begin')
    await writer.query(`update control.tenant set notes = 'late' where id = '${other}'`)
    const id = await newTenant()
    await drain()
    const before = (await control.pool.query('select max(seq)::int as seq, count(*)::int from control.event'))
      .rows[0]
    expect(before.seq).toBe(before.count)
    await writer.query('commit')
    await drain()
    const { rows } = await control.pool.query(
      'select seq::int, entity_id, patch from control.event where seq > $1',
      [before.seq],
    )
    expect(rows).toMatchObject([
      { seq: before.seq + 1, entity_id: other, patch: { notes: 'late', rowVersion: 2 } },
    ])
    expect(id).toBeTruthy()
    slow.release()
    writer.release()
  })

  it('takes nothing while another relay is at work', async () => {
    await newTenant()
    const relay = await control.pool.connect()
    await relay.query('begin')
    await relay.query('select control.relay_events()')
    await newTenant()
    expect(await drain()).toBeNull()
    await relay.query('commit')
    relay.release()
    expect(await drain()).not.toBeNull()
  })

  it('says nothing of a transaction that was rolled back', async () => {
    await drain()
    await control.db
      .transaction(async (tx) => {
        await tx.execute(sql`update control.tenant set notes = 'never'`)
        throw new Error('back')
      })
      .catch(() => {})
    expect(await drain()).toBeNull()
  })
})

describe('an owner who is no superuser', () => {
  it('can migrate the control database and act in it as the runtime role', async () => {
    const owner = `owner_${control.name}`
    const database = `${control.name}_owned`
    await control.pool.query(`create role ${owner} login createrole password 'x'`)
    // As an administrator of an existing installation on this server would do.
    await control.pool.query(`grant tenantry_runtime to ${owner} with admin option`)
    await control.pool.query(`create database ${database} owner ${owner}`)
    const url = new URL(control.url)
    url.username = owner
    url.password = 'x'
    url.pathname = `/${database}`
    try {
      await migrateControl(url.href)
      const runtime = openControl(url.href, { name: 'test' })
      const { rows } = await runtime.db.execute(
        sql`select current_user as me, count(*)::int from control.machine_state`,
      )
      expect(rows).toEqual([{ me: 'tenantry_runtime', count: expect.any(Number) }])
      await runtime.pool.end()
    } finally {
      await control.pool.query(`drop database ${database} with (force)`)
      await control.pool.query(`drop owned by ${owner} cascade`)
      await control.pool.query(`drop role ${owner}`)
    }
  })
})

describe('clusters', () => {
  const newCluster = async (over: Partial<typeof cluster.$inferInsert> = {}) => {
    const id = newId('cl')
    await control.db
      .insert(cluster)
      .values({ id, name: `c-${id.slice(-8)}`, adminUrl: '', workerUrl: '', ...over })
    return id
  }
  const code = (query: string) =>
    control.db.execute(sql.raw(query)).then(
      () => undefined,
      (error) => (error.cause ?? error).code,
    )

  it('get a queue by their id alone: the runtime role makes no other table by it', async () => {
    for (const id of ["'cl_short'", "'x'' ; drop schema control'", 'null']) {
      expect(await code(`select control.create_cluster_queue(${id})`)).toBe('22023')
    }
    expect(await code('create table control.mine ()')).toBe('42501')
  })

  it('keep no secret once they are detached, and never come back', async () => {
    const id = await newCluster({ adminUrl: 'sealed', workerUrl: 'sealed' })
    expect(await code(`update control.cluster set state = 'detached' where id = '${id}'`)).toBe('23514')
    const detach = `update control.cluster set state = 'detached', admin_url = '', worker_url = '' where id = '${id}'`
    expect(await code(detach)).toBeUndefined()
    expect(await code(`update control.cluster set state = 'active' where id = '${id}'`)).toBe('TC001')
  })

  it('take no tenant once they are detached', async () => {
    const id = await newCluster()
    await control.db.execute(sql`update control.cluster set state = 'detached' where id = ${id}`)
    const tenantId = await newTenant()
    expect(await code(`update control.tenant set cluster_id = '${id}' where id = '${tenantId}'`)).toBe(
      'TC003',
    )
  })

  it('share no name and no database while they live', async () => {
    const same = { name: 'the-same', systemIdentifier: '1', databaseOid: 5 }
    const id = await newCluster(same)
    await expect(newCluster({ ...same, databaseOid: 6 })).rejects.toThrow()
    await expect(newCluster({ ...same, name: 'another' })).rejects.toThrow()
    await control.db.execute(sql`update control.cluster set state = 'detached' where id = ${id}`)
    expect(await newCluster(same)).toMatch(/^cl_/)
  })
})
