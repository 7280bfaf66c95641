import type { QuotaResource } from '@tenantry/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  assignPlan,
  judgeQuotas,
  readStatementLimit,
  removePlan,
  runVerb,
  setPlan,
  setQuota,
} from '../index.ts'
import { askCore, refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())

describe('quotas', () => {
  it('set by several at once ends with one of them', async () => {
    const set = (limit: number) =>
      runVerb(test.core, test.ana, setQuota, { resource: 'temp_bytes', graceSeconds: 0, limit })
    await Promise.all([1, 2, 3, 4].map(set))
    expect(await ask.rows(`select 1 from control.quota where resource = 'temp_bytes'`)).toHaveLength(1)
    await runVerb(test.core, test.ana, setQuota, { resource: 'temp_bytes', graceSeconds: 0, limit: null })
  })

  it('holds one default and one override a tenant, with before and after in the audit', async () => {
    const { tenantId } = await ask.provision()
    const set = (limit: number | null, tenant?: string) =>
      runVerb(test.core, test.ana, setQuota, {
        resource: 'relations',
        graceSeconds: 0,
        limit,
        ...(tenant ? { tenantId: tenant } : {}),
      })
    await set(500)
    await set(600)
    await set(900, tenantId ?? '')
    expect(await ask.rows(`select tenant_id, "limit"::int from control.quota order by "limit"`)).toEqual([
      { tenant_id: null, limit: 600 },
      { tenant_id: tenantId, limit: 900 },
    ])
    await set(null, tenantId ?? '')
    expect(
      await ask.rows(
        `select before, after from control.audit where action = 'quota.set' order by at desc limit 1`,
      ),
    ).toEqual([
      {
        before: { resource: 'relations', limit: 900, graceSeconds: 0 },
        after: { resource: 'relations', limit: null, graceSeconds: 0 },
      },
    ])
  })
})

const set = (
  limit: number | null,
  more: {
    tenantId?: string
    planId?: string
    resource?: QuotaResource
    until?: string
    reason?: string
    graceSeconds?: number
  } = {},
) => runVerb(test.core, test.ana, setQuota, { resource: 'storage_bytes', graceSeconds: 0, ...more, limit })
const plan = async (
  name: string,
  limits: { resource: QuotaResource; limit: number; graceSeconds?: number }[],
) =>
  (
    await runVerb(test.core, test.ana, setPlan, {
      name,
      description: '',
      limits: limits.map((one) => ({ graceSeconds: 0, ...one })),
    })
  ).planId
const assign = (planId: string | null, ...tenantIds: string[]) =>
  runVerb(test.core, test.ana, assignPlan, { planId, tenantIds })

/** A tenant that is there, of which this much was measured. */
async function used(bytes: number, relations = 0): Promise<string> {
  const id = (await ask.provision()).tenantId ?? ''
  await ask.rows(`update control.tenant set state = 'active', fingerprint = 'f' where id = '${id}'`)
  await ask.rows(
    `insert into control.usage (tenant_id, bytes, relations) values ('${id}', ${bytes}, ${relations})`,
  )
  return id
}

afterEach(() => ask.rows('delete from control.quota'))

describe('plans', () => {
  it('are changed whole, with before and after in the audit, and refused from an old version', async () => {
    const planId = await plan('Small', [{ resource: 'relations', limit: 50 }])
    const change = { planId, name: 'Small', description: 'For one faculty', limits: [] }
    await runVerb(test.core, test.ana, setPlan, { ...change, ifVersion: 1 })
    await expect(runVerb(test.core, test.ana, setPlan, { ...change, ifVersion: 1 })).rejects.toMatchObject(
      refusal('version_conflict'),
    )
    const [last] = await ask.rows(
      `select before, after from control.audit where action = 'plan.set' and outcome = 'succeeded' order by at desc limit 1`,
    )
    expect(last).toMatchObject({ before: { limits: { relations: { limit: 50 } } }, after: { limits: {} } })
    await expect(plan('Small', [])).rejects.toMatchObject(refusal('invalid_input'))
  })

  it('are removed when no tenant has them', async () => {
    const id = await used(1)
    const planId = await plan('Trial', [{ resource: 'relations', limit: 5 }])
    await assign(planId, id)
    const remove = () => runVerb(test.core, test.ana, removePlan, { planId })
    await expect(remove()).rejects.toMatchObject(refusal('plan_in_use'))
    await assign(null, id)
    await remove()
    expect(await ask.rows(`select from control.plan where id = '${planId}'`)).toEqual([])
  })

  it('are given to all tenants or to none', async () => {
    const id = await used(1)
    const planId = await plan('Whole', [])
    await expect(assign(planId, id, 'tn_00000000000000000000000000')).rejects.toMatchObject(
      refusal('not_found'),
    )
    expect(await ask.rows(`select plan_id from control.tenant where id = '${id}'`)).toEqual([
      { plan_id: null },
    ])
  })

  it('say how long a statement of a job may take', async () => {
    const id = await used(1)
    expect(await readStatementLimit(test.core.db, id)).toBeUndefined()
    await set(30, { tenantId: id, resource: 'statement_seconds' })
    expect(await readStatementLimit(test.core.db, id)).toBe(30_000)
  })

  it('refuse an exemption that would be over already', async () => {
    const tenantId = await used(1)
    await expect(set(1, { tenantId, until: '2020-01-01T00:00:00Z', reason: 'late' })).rejects.toMatchObject(
      refusal('invalid_input'),
    )
  })
})

describe('judging', () => {
  const exactly = (bytes: number) => async () => bytes
  const levels = (id: string) =>
    ask.rows(`select resource, level from control.quota_state where tenant_id = '${id}' order by 1`)
  const audited = (id: string) =>
    ask.rows(`select action, before ->> 'level' as before, after ->> 'level' as after from control.audit
      where target_id = '${id}' and action in ('quota.warn', 'quota.block', 'quota.release') order by at`)
  const measured = (id: string, bytes: number) =>
    ask.rows(`update control.usage set bytes = ${bytes} where tenant_id = '${id}'`)

  it('writes each change of level once, however many processes judge', async () => {
    const id = await used(850)
    await set(1000, { tenantId: id })
    const judge = (bytes = 0) => Promise.all([1, 2, 3].map(() => judgeQuotas(test.core, exactly(bytes))))
    await judge()
    await measured(id, 1000)
    await judge(1000)
    await measured(id, 960)
    await judge(960)
    await measured(id, 940)
    await judge(940)
    expect(await audited(id)).toEqual([
      { action: 'quota.warn', before: 'ok', after: 'warned' },
      { action: 'quota.block', before: 'warned', after: 'blocked' },
      { action: 'quota.release', before: 'blocked', after: 'critical' },
    ])
  })

  it('lets go of a tenant whose limit is raised or taken away', async () => {
    const id = await used(1000)
    await set(900, { tenantId: id })
    await judgeQuotas(test.core, exactly(1000))
    expect(await levels(id)).toEqual([{ resource: 'storage_bytes', level: 'blocked' }])
    await set(null, { tenantId: id })
    await judgeQuotas(test.core, exactly(1000))
    expect(await levels(id)).toEqual([{ resource: 'storage_bytes', level: 'ok' }])
  })

  it('leaves a tenant as it is while its size cannot be told', async () => {
    const id = await used(1000)
    await set(900, { tenantId: id })
    await judgeQuotas(test.core, () => Promise.reject(new Error('locked')))
    expect(await levels(id)).toEqual([])
  })

  it('judges relations without asking: PostgreSQL itself refuses the next one', async () => {
    const id = await used(0, 48)
    await set(50, { tenantId: id, resource: 'relations' })
    await judgeQuotas(test.core, () => Promise.reject(new Error('asked')))
    expect(await levels(id)).toEqual([{ resource: 'relations', level: 'critical' }])
  })
})
