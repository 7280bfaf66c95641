import type { ErrorCode, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { annotateTenant, authorize, runVerb } from '../index.ts'
import { askCore, refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())
const refused = (code: ErrorCode) => expect.objectContaining(refusal(code))

describe('provisioning', () => {
  it('records tenant, operation, job, audit and event together', async () => {
    const input = ask.request()
    const { operationId, tenantId } = await ask.provision(input)
    expect(
      await ask.rows(
        `select state, schema_name, placement_reason from control.tenant where id = '${tenantId}'`,
      ),
    ).toEqual([
      {
        state: 'provisioning',
        schema_name: `t_${input.slug.replace('-', '_')}`,
        placement_reason: expect.stringContaining('The only cluster that takes tenants: eu-1'),
      },
    ])
    expect(
      await ask.rows(`select state from pgboss.job where data->>'operationId' = '${operationId}'`),
    ).toHaveLength(1)
    expect(await ask.auditOf(operationId)).toEqual([
      { action: 'tenant.provision', outcome: 'requested', actor_name: 'Ana', error_code: null },
    ])
    expect(
      await ask.rows(
        `select kind from control.event_outbox where entity_id in ('${operationId}', '${tenantId}') order by kind`,
      ),
    ).toEqual([{ kind: 'operation.changed' }, { kind: 'tenant.changed' }])
  })

  it('changes nothing when the audit log cannot be written', async () => {
    const before = await ask.footprint()
    await test.control.pool.query('revoke insert on control.audit from tenantry_runtime')
    try {
      await expect(ask.provision()).rejects.toBeInstanceOf(Error)
    } finally {
      await test.control.pool.query('grant insert on control.audit to tenantry_runtime')
    }
    expect(await ask.footprint()).toEqual(before)
  })

  it('refuses a slug that is taken, leaves no trace but an audit row', async () => {
    const { slug } = ask.request()
    await ask.provision(ask.request(slug))
    const before = await ask.footprint()
    await expect(ask.provision(ask.request(slug))).rejects.toEqual(refused('slug_taken'))
    expect(await ask.footprint()).toEqual(before)
    expect(
      await ask.rows(
        `select outcome, error_code from control.audit where after->>'slug' = '${slug}' and outcome = 'failed'`,
      ),
    ).toEqual([{ outcome: 'failed', error_code: 'slug_taken' }])
  })

  it.each([
    ['an unknown template', { templateId: 'tp_00000000000000000000000000' }, 'not_found'],
    ['an unknown cluster', { clusterId: 'cl_00000000000000000000000000' }, 'not_found'],
  ] as const)('refuses %s and says what to do', async (_, wrong, code) => {
    const error = await ask.provision({ ...ask.request(), ...wrong }).catch((e: TenantryError) => e)
    expect(error).toEqual(refused(code))
    expect((error as TenantryError).detail.action).toMatch(/[Cc]hoose/)
  })

  it('refuses a template without a ready version, and a fleet without an open cluster', async () => {
    const templateId = newId('tp')
    await ask.rows(
      `insert into control.template (id, slug, name) values ('${templateId}', 'planned', 'Planned')`,
    )
    await expect(ask.provision({ ...ask.request(), templateId })).rejects.toEqual(
      refused('template_not_ready'),
    )
    await ask.rows(`update control.cluster set state = 'cordoned'`)
    await expect(ask.provision()).rejects.toEqual(refused('no_cluster'))
    await ask.rows(`update control.cluster set state = 'active', reachable = false`)
    await expect(ask.provision()).rejects.toEqual(refused('no_cluster'))
    await ask.rows(`update control.cluster set reachable = true`)
  })
})

describe('the idempotency key', () => {
  it('makes a double click one operation, also when both arrive at once', async () => {
    const input = ask.request()
    const answers = await Promise.all([ask.provision(input), ask.provision(input), ask.provision(input)])
    expect(new Set(answers.map((a) => a.operationId)).size).toBe(1)
    expect(answers.filter((a) => !a.repeated)).toHaveLength(1)
    expect(await ask.auditOf(answers[0].operationId)).toHaveLength(1)
  })

  it('refuses the key with another request', async () => {
    const input = ask.request()
    await ask.provision(input)
    await expect(ask.provision({ ...input, displayName: 'Another' })).rejects.toEqual(
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
    expect(await ask.rows(`select action, outcome from control.audit where outcome = 'denied'`)).toEqual([
      { action: 'tenant.provision', outcome: 'denied' },
    ])
  })
})

describe('annotating', () => {
  it('changes what was asked for, raises the version, and keeps before and after', async () => {
    const { tenantId } = await ask.provision()
    const edited = await runVerb(test.core, test.ana, annotateTenant, {
      tenantId: tenantId ?? '',
      ifVersion: 1,
      labels: { plan: 'enterprise' },
    })
    expect(edited).toMatchObject({ labels: { plan: 'enterprise' }, rowVersion: 2 })
    expect(
      await ask.rows(
        `select before, after from control.audit where action = 'tenant.annotate' and chain = '${tenantId}'`,
      ),
    ).toEqual([{ before: { labels: {} }, after: { labels: { plan: 'enterprise' } } }])
  })

  it('refuses an editor who has not seen the latest change, and tells the current values', async () => {
    const { tenantId } = await ask.provision()
    const edit = (notes: string) =>
      runVerb(test.core, test.ana, annotateTenant, { tenantId: tenantId ?? '', ifVersion: 1, notes })
    await edit('first')
    await expect(edit('second')).rejects.toMatchObject({
      code: 'version_conflict',
      detail: { rowVersion: 2, current: { notes: 'first' } },
    })
  })
})
