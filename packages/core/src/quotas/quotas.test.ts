import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerb, setQuota } from '../index.ts'
import { askCore } from '../testing/ask-core.ts'
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
      { before: { resource: 'relations', limit: 900 }, after: { resource: 'relations', limit: null } },
    ])
  })
})
