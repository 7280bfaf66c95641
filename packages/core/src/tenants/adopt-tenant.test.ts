import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVerb } from '../run-verb.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { adoptTenant } from './adopt-tenant.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

let count = 0
const adopt = (schema: string, change: Record<string, unknown> = {}) =>
  runVerb(test.core, test.ana, adoptTenant, {
    idempotencyKey: `adopting-${++count}`,
    clusterId: test.ids.cluster,
    schema,
    confirmSchema: schema,
    displayName: 'A college',
    templateId: test.ids.template,
    strict: true,
    keepRoles: ['product'],
    reason: 'moves in',
    labels: {},
    notes: '',
    ...change,
  })
const rows = async (query: string) => (await test.control.pool.query(query)).rows

describe('asking for an adoption', () => {
  it('registers a tenant whose slug comes from the schema’s name, and says what the steps need', async () => {
    const { operationId, tenantId } = await adopt('North Field')
    const [row] = await rows(`select t.slug, t.state, t.schema_name, o.kind, o.input from control.tenant t
      join control.operation o on o.tenant_id = t.id where t.id = '${tenantId}' and o.id = '${operationId}'`)
    expect(row).toMatchObject({
      slug: 'north-field',
      state: 'provisioning',
      schema_name: 't_north_field',
      kind: 'tenant.adopt',
      input: {
        schema: 'North Field',
        templateVersion: 1,
        strict: true,
        keepRoles: ['product'],
        reason: 'moves in',
      },
    })
  })

  it('is refused without a trace when anything of it is wrong', async () => {
    const before = await rows('select count(*) from control.tenant')
    const refusals: [() => Promise<unknown>, object][] = [
      [
        () => adopt('legacy', { confirmSchema: 'legacies' }),
        { code: 'invalid_input', detail: { field: 'confirmSchema' } },
      ],
      [() => adopt('1234'), { code: 'invalid_input', detail: { field: 'slug' } }],
      [() => adopt('public'), { code: 'invalid_input', detail: { field: 'slug' } }],
      [
        () => adopt('legacy', { clusterId: newId('cl') }),
        { code: 'not_found', detail: { field: 'clusterId' } },
      ],
      [
        () => adopt('legacy', { templateId: newId('tp') }),
        { code: 'not_found', detail: { field: 'templateId' } },
      ],
      [
        () => adopt('legacy', { templateVersion: 7 }),
        { code: 'template_not_ready', detail: { field: 'templateVersion' } },
      ],
      [() => adopt('legacy', { slug: 'north-field' }), { code: 'slug_taken' }],
    ]
    for (const [asked, refusal] of refusals) await expect(asked()).rejects.toMatchObject(refusal)
    expect(await rows('select count(*) from control.tenant')).toEqual(before)
  })
})
