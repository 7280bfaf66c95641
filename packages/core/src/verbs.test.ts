import type { ErrorCode, OperationError, TenantryError } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  annotateTenant,
  authorize,
  beginUndo,
  cancelOperation,
  claimOperation,
  discardTenant,
  FencedError,
  failOperation,
  postponeOperation,
  prolongLeases,
  provisionTenant,
  publishTemplate,
  rescueAbandoned,
  rescueForgotten,
  retryOperation,
  runVerb,
  setQuota,
  succeedOperation,
} from './index.ts'
import { createTestCore, type TestCore } from './testing/create-core.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

let count = 0
const request = (slug = `college-${++count}`, key = `key-${slug}-${++count}`) => ({
  idempotencyKey: key,
  slug,
  displayName: `College ${slug}`,
  templateId: test.ids.template,
  labels: {},
  notes: '',
  fromPool: true,
})
const provision = (input = request()) => runVerb(test.core, test.ana, provisionTenant, input)
const rows = async (query: string) => (await test.control.pool.query(query)).rows
const refused = (code: ErrorCode) => expect.objectContaining({ name: 'TenantryError', code })
const auditOf = (operationId: string) =>
  rows(
    `select action, outcome, actor_name, error_code from control.audit where operation_id = '${operationId}' order by at`,
  )
const failed = { code: 'XX000', message: 'broken', class: 'permanent', attempt: 1 } as const
const nothing = async () => {}
const claim = async (id: string, worker = 'w1') => {
  const claimed = await claimOperation(test.core, id, worker, 10_000)
  if (!claimed) throw new Error('not claimed')
  return claimed
}
/** Everything that a change could have left behind. */
const footprint = async () =>
  rows(`select (select count(*) from control.tenant) as tenants, (select count(*) from control.operation) as operations,
    (select count(*) from pgboss.job) as jobs`)

describe('provisioning', () => {
  it('records tenant, operation, job, audit and event together', async () => {
    const input = request()
    const { operationId, tenantId } = await provision(input)
    expect(
      await rows(`select state, schema_name, placement_reason from control.tenant where id = '${tenantId}'`),
    ).toEqual([
      {
        state: 'provisioning',
        schema_name: `t_${input.slug.replace('-', '_')}`,
        placement_reason: expect.stringContaining('The only cluster that takes tenants: eu-1'),
      },
    ])
    expect(
      await rows(`select state from pgboss.job where data->>'operationId' = '${operationId}'`),
    ).toHaveLength(1)
    expect(await auditOf(operationId)).toEqual([
      { action: 'tenant.provision', outcome: 'requested', actor_name: 'Ana', error_code: null },
    ])
    expect(
      await rows(
        `select kind from control.event_outbox where entity_id in ('${operationId}', '${tenantId}') order by kind`,
      ),
    ).toEqual([{ kind: 'operation.changed' }, { kind: 'tenant.changed' }])
  })

  it('changes nothing when the audit log cannot be written', async () => {
    const before = await footprint()
    await test.control.pool.query('revoke insert on control.audit from tenantry_runtime')
    try {
      await expect(provision()).rejects.toBeInstanceOf(Error)
    } finally {
      await test.control.pool.query('grant insert on control.audit to tenantry_runtime')
    }
    expect(await footprint()).toEqual(before)
  })

  it('refuses a slug that is taken, leaves no trace but an audit row', async () => {
    const { slug } = request()
    await provision(request(slug))
    const before = await footprint()
    await expect(provision(request(slug))).rejects.toEqual(refused('slug_taken'))
    expect(await footprint()).toEqual(before)
    expect(
      await rows(
        `select outcome, error_code from control.audit where after->>'slug' = '${slug}' and outcome = 'failed'`,
      ),
    ).toEqual([{ outcome: 'failed', error_code: 'slug_taken' }])
  })

  it.each([
    ['an unknown template', { templateId: 'tp_00000000000000000000000000' }, 'not_found'],
    ['an unknown cluster', { clusterId: 'cl_00000000000000000000000000' }, 'not_found'],
  ] as const)('refuses %s and says what to do', async (_, wrong, code) => {
    const error = await provision({ ...request(), ...wrong }).catch((e: TenantryError) => e)
    expect(error).toEqual(refused(code))
    expect((error as TenantryError).detail.action).toMatch(/[Cc]hoose/)
  })

  it('refuses a template without a ready version, and a fleet without an open cluster', async () => {
    await rows(
      `update control.template_version set state = 'building', snapshot = null, placeholders = null, fingerprint = null`,
    )
    await expect(provision()).rejects.toEqual(refused('template_not_ready'))
    await rows(
      `update control.template_version set state = 'ready', snapshot = '', placeholders = '{}', fingerprint = 'f'`,
    )
    await rows(`update control.cluster set state = 'cordoned'`)
    await expect(provision()).rejects.toEqual(refused('no_cluster'))
    await rows(`update control.cluster set state = 'active', reachable = false`)
    await expect(provision()).rejects.toEqual(refused('no_cluster'))
    await rows(`update control.cluster set reachable = true`)
  })
})

describe('the idempotency key', () => {
  it('makes a double click one operation, also when both arrive at once', async () => {
    const input = request()
    const answers = await Promise.all([provision(input), provision(input), provision(input)])
    expect(new Set(answers.map((a) => a.operationId)).size).toBe(1)
    expect(answers.filter((a) => !a.repeated)).toHaveLength(1)
    expect(await auditOf(answers[0].operationId)).toHaveLength(1)
  })

  it('refuses the key with another request', async () => {
    const input = request()
    await provision(input)
    await expect(provision({ ...input, displayName: 'Another' })).rejects.toEqual(
      refused('idempotency_mismatch'),
    )
  })
})

describe('permission', () => {
  it('refuses who lacks it, names it, and writes the refusal down', async () => {
    const error = await authorize(test.core, test.as('viewer'), 'tenant.provision', 'tenant.provision').catch(
      (e) => e,
    )
    expect(error).toEqual(refused('forbidden'))
    expect(error.detail).toMatchObject({
      permission: 'tenant.provision',
      action: expect.stringContaining('operator or admin'),
    })
    expect(await rows(`select action, outcome from control.audit where outcome = 'denied'`)).toEqual([
      { action: 'tenant.provision', outcome: 'denied' },
    ])
  })
})

describe('annotating', () => {
  it('changes what was asked for, raises the version, and keeps before and after', async () => {
    const { tenantId } = await provision()
    const edited = await runVerb(test.core, test.ana, annotateTenant, {
      tenantId: tenantId ?? '',
      ifVersion: 1,
      labels: { plan: 'enterprise' },
    })
    expect(edited).toMatchObject({ labels: { plan: 'enterprise' }, rowVersion: 2 })
    expect(
      await rows(
        `select before, after from control.audit where action = 'tenant.annotate' and chain = '${tenantId}'`,
      ),
    ).toEqual([{ before: { labels: {} }, after: { labels: { plan: 'enterprise' } } }])
  })

  it('refuses an editor who has not seen the latest change, and tells the current values', async () => {
    const { tenantId } = await provision()
    const edit = (notes: string) =>
      runVerb(test.core, test.ana, annotateTenant, { tenantId: tenantId ?? '', ifVersion: 1, notes })
    await edit('first')
    await expect(edit('second')).rejects.toMatchObject({
      code: 'version_conflict',
      detail: { rowVersion: 2, current: { notes: 'first' } },
    })
  })
})

describe('ending an operation', () => {
  it('writes exactly one terminal audit row, whoever else tries', async () => {
    const { operationId } = await provision()
    const claimed = await claim(operationId)
    await succeedOperation(test.core, claimed, {}, nothing)
    await expect(succeedOperation(test.core, claimed, {}, nothing)).rejects.toBeInstanceOf(FencedError)
    await expect(failOperation(test.core, claimed, failed, nothing)).rejects.toBeInstanceOf(FencedError)
    expect((await auditOf(operationId)).map((row) => row.outcome)).toEqual(['requested', 'succeeded'])
    await expect(
      rows(`insert into control.audit (chain, actor_id, actor_name, action, outcome, operation_id)
            values ('x', 'x', 'x', 'tenant.provision', 'failed', '${operationId}')`),
    ).rejects.toMatchObject({ constraint: 'audit_operation_ends_once' })
  })

  it('refuses every word of an attempt that was taken over', async () => {
    const { operationId } = await provision()
    const stale = await claim(operationId)
    await rows(`update control.operation set lease_until = now() - interval '1s' where id = '${operationId}'`)
    const fresh = await claim(operationId, 'w2')
    expect(fresh.operation.fence).toBeGreaterThan(stale.operation.fence)
    await expect(succeedOperation(test.core, stale, {}, nothing)).rejects.toBeInstanceOf(FencedError)
    await expect(postponeOperation(test.core, stale, failed, 0, nothing)).rejects.toBeInstanceOf(FencedError)
    expect(await prolongLeases(test.core, 'w1', [operationId], 1000)).toEqual([])
    expect(await prolongLeases(test.core, 'w2', [operationId], 1000)).toEqual([operationId])
    await succeedOperation(test.core, fresh, {}, nothing)
  })

  it('rolls back with the effect: neither state nor audit moves', async () => {
    const { operationId } = await provision()
    const claimed = await claim(operationId)
    await expect(
      succeedOperation(test.core, claimed, {}, async () => {
        throw new Error('effect failed')
      }),
    ).rejects.toThrow('effect failed')
    expect(await auditOf(operationId)).toHaveLength(1)
    expect(await rows(`select state from control.operation where id = '${operationId}'`)).toEqual([
      { state: 'running' },
    ])
  })

  it('puts a passing fault off, with a job for the time when it is due', async () => {
    const { operationId } = await provision()
    await postponeOperation(test.core, await claim(operationId), failed, 60_000, nothing)
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
    expect(
      await rows(
        `select 1 from pgboss.job where data->>'operationId' = '${operationId}' and start_after > now() + interval '50s'`,
      ),
    ).toHaveLength(1)
  })
})

describe('a claim', () => {
  it('changes nothing that an editor has seen', async () => {
    const { operationId, tenantId } = await provision()
    await claim(operationId)
    expect(
      await rows(`select row_version::int, fence::int from control.tenant where id = '${tenantId}'`),
    ).toEqual([{ row_version: 1, fence: 1 }])
  })

  it('starts the clock of the deadline: time in the queue does not count', async () => {
    const { operationId } = await provision()
    await rows(
      `update control.operation set created_at = now() - interval '1 day' where id = '${operationId}'`,
    )
    const { operation } = await claim(operationId)
    expect(operation.deadlineAt?.getTime()).toBeGreaterThan(Date.now() + 800_000)
  })
})

describe('a failed tenant', () => {
  it('that left something on its cluster is discarded, not retried', async () => {
    const { operationId } = await failedTenant({ ...failed, undone: false })
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'retry-leftover', operationId }),
    ).rejects.toMatchObject({
      code: 'unlawful_transition',
      detail: { action: expect.stringContaining('Discard') },
    })
  })

  it('that became active is out of reach of an old discard', async () => {
    const { operationId, tenantId } = await failedTenant()
    const discard = await runVerb(test.core, test.ana, discardTenant, {
      idempotencyKey: `discard-old-${tenantId}`,
      tenantId: tenantId ?? '',
    })
    await runVerb(test.core, test.ana, cancelOperation, { operationId: discard.operationId })
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-live-1',
      operationId,
    })
    await succeedOperation(test.core, await claim(again.operationId), {}, async (tx) => {
      await tx.execute(
        sql`update control.tenant set state = 'active', fingerprint = 'f' where id = ${tenantId}`,
      )
    })
    await expect(
      runVerb(test.core, test.ana, retryOperation, {
        idempotencyKey: 'retry-old-discard',
        operationId: discard.operationId,
      }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })

  async function failedTenant(error: OperationError = failed) {
    const made = await provision()
    const claimed = await claim(made.operationId)
    await beginUndo(test.core, claimed, error, nothing)
    await failOperation(test.core, claimed, error, async (tx) => {
      await tx.execute(sql`update control.tenant set state = 'failed' where id = ${made.tenantId}`)
    })
    return made
  }

  it('is provisioned again by a retry that names the old operation', async () => {
    const { operationId, tenantId } = await failedTenant()
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-key-1',
      operationId,
    })
    expect(again).toMatchObject({ tenantId, repeated: false })
    expect(
      await rows(`select retry_of, state from control.operation where id = '${again.operationId}'`),
    ).toEqual([{ retry_of: operationId, state: 'queued' }])
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'retry-key-2', operationId }),
    ).rejects.toEqual(refused('tenant_busy'))
  })

  it('is discarded, and only when failed', async () => {
    const { tenantId } = await failedTenant()
    const discard = { idempotencyKey: `discard-${tenantId}`, tenantId: tenantId ?? '' }
    const { operationId } = await runVerb(test.core, test.ana, discardTenant, discard)
    await expect(
      runVerb(test.core, test.ana, discardTenant, { ...discard, idempotencyKey: 'discard-other' }),
    ).rejects.toEqual(refused('tenant_busy'))
    expect(await auditOf(operationId)).toHaveLength(1)
    const { tenantId: fresh } = await provision()
    await expect(
      runVerb(test.core, test.ana, discardTenant, { idempotencyKey: 'discard-fresh', tenantId: fresh ?? '' }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })
})

describe('cancelling', () => {
  it('stops a queued operation at once, ends its audit trail, and leaves the tenant to be retried', async () => {
    const { operationId, tenantId } = await provision()
    await runVerb(test.core, test.ana, cancelOperation, { operationId })
    expect((await auditOf(operationId)).map((row) => row.outcome)).toEqual(['requested', 'cancelled'])
    expect(await rows(`select state from control.tenant where id = '${tenantId}'`)).toEqual([
      { state: 'failed' },
    ])
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
  })

  it('refuses one that a worker has begun', async () => {
    const { operationId } = await provision()
    await claim(operationId)
    await expect(runVerb(test.core, test.ana, cancelOperation, { operationId })).rejects.toEqual(
      refused('unlawful_transition'),
    )
  })
})

describe('rescuing', () => {
  it('wakes a worker for what a silent one held, and for what the queue forgot', async () => {
    await rows(`update control.operation set state = 'cancelled', finished_at = now(), lease_until = null, worker_id = null
      where state = 'queued'`)
    await rows(
      `update control.operation set lease_until = now() + interval '1h' where lease_until is not null`,
    )
    const silent = await provision()
    await claim(silent.operationId)
    await rows(
      `update control.operation set lease_until = now() - interval '1s' where id = '${silent.operationId}'`,
    )
    await rows('delete from pgboss.job')
    expect(await rescueAbandoned(test.core, 0)).toBe(1)
    expect(await rescueAbandoned(test.core, 0)).toBe(0)

    const forgotten = await provision()
    expect(await rescueForgotten(test.core, 5000)).toBe(0)
    await rows(`delete from pgboss.job`)
    await rows(
      `update control.operation set due_at = now() - interval '1m' where id = '${forgotten.operationId}'`,
    )
    expect(await rescueForgotten(test.core, 5000)).toBe(1)
    expect(await rescueForgotten(test.core, 5000)).toBe(0)
  })
})

describe('publishing', () => {
  const publish = (migrations: { version: number; name: string; sql: string }[]) =>
    runVerb(test.core, test.ana, publishTemplate, {
      idempotencyKey: `publish-${++count}`,
      slug: 'library',
      name: 'Library',
      description: '',
      migrations,
      seed: '',
    })
  const book = { version: 1, name: 'book', sql: 'create table book (id int)' }
  const loan = { version: 3, name: 'loan', sql: 'create table loan (id int)' }
  const built = async (state: 'ready' | 'failed') => {
    await rows(
      `update control.operation set state = 'cancelled', finished_at = now() where kind = 'template.build' and finished_at is null`,
    )
    await rows(
      state === 'ready'
        ? `update control.template_version set state = 'ready', snapshot = '', placeholders = '{}', fingerprint = 'f' where state = 'building'`
        : `update control.template_version set state = 'failed' where state = 'building'`,
    )
  }

  it('lets a version that failed to build be mended, and one that is in use never', async () => {
    await publish([{ ...book, sql: 'create tabel book (id int)' }])
    await expect(publish([book])).rejects.toEqual(refused('version_conflict'))
    await built('failed')
    await publish([book])
    await built('ready')

    await expect(publish([book])).rejects.toEqual(refused('version_conflict'))
    await expect(publish([{ ...book, sql: 'create table book (id text)' }, loan])).rejects.toEqual(
      refused('migration_refused'),
    )
    await expect(publish([loan])).rejects.toEqual(refused('migration_refused'))
    await publish([book, loan])
    await built('ready')
    await expect(
      publish([
        book,
        { version: 2, name: 'early', sql: 'select 1' },
        loan,
        { version: 4, name: 'late', sql: 'select 1' },
      ]),
    ).rejects.toEqual(refused('migration_refused'))
  })

  it('that is cancelled while queued can be done again', async () => {
    const next = [book, loan, { version: 5, name: 'next', sql: 'select 1' }]
    const { operationId } = await publish(next)
    await runVerb(test.core, test.ana, cancelOperation, { operationId })
    await publish(next)
    await built('ready')
  })

  it('of the same new template by two at once is one template', async () => {
    const both = await Promise.allSettled(
      [1, 2].map((n) =>
        runVerb(test.core, test.ana, publishTemplate, {
          idempotencyKey: `race-publish-${n}`,
          slug: 'raced',
          name: 'Raced',
          description: '',
          migrations: [book],
          seed: '',
        }),
      ),
    )
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((each) => each.status === 'rejected')?.reason).toEqual(refused('version_conflict'))
  })
})

describe('quotas', () => {
  it('set by several at once ends with one of them', async () => {
    const set = (limit: number) => runVerb(test.core, test.ana, setQuota, { resource: 'temp_bytes', limit })
    await Promise.all([1, 2, 3, 4].map(set))
    expect(await rows(`select 1 from control.quota where resource = 'temp_bytes'`)).toHaveLength(1)
    await runVerb(test.core, test.ana, setQuota, { resource: 'temp_bytes', limit: null })
  })

  it('holds one default and one override a tenant, with before and after in the audit', async () => {
    const { tenantId } = await provision()
    const set = (limit: number | null, tenant?: string) =>
      runVerb(test.core, test.ana, setQuota, {
        resource: 'relations',
        limit,
        ...(tenant ? { tenantId: tenant } : {}),
      })
    await set(500)
    await set(600)
    await set(900, tenantId ?? '')
    expect(await rows(`select tenant_id, "limit"::int from control.quota order by "limit"`)).toEqual([
      { tenant_id: null, limit: 600 },
      { tenant_id: tenantId, limit: 900 },
    ])
    await set(null, tenantId ?? '')
    expect(
      await rows(
        `select before, after from control.audit where action = 'quota.set' order by at desc limit 1`,
      ),
    ).toEqual([
      { before: { resource: 'relations', limit: 900 }, after: { resource: 'relations', limit: null } },
    ])
  })
})
