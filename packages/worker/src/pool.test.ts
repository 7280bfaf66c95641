import { runVerb, setPool, systemActor } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let library: string
beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
  library = await fleet.template()
})
afterAll(() => fleet.close())

const one = async (query: string) => (await fleet.rows(query))[0]
const keep = (size: number | null, templateId = library, clusterId: string | null = null) =>
  runVerb(fleet.core, systemActor, setPool, { templateId, clusterId, size })
/** How many spares of a template are in each state. */
const spares = async (templateId = library): Promise<Record<string, number>> =>
  (
    await one(`select coalesce(jsonb_object_agg(state, n), '{}') as counts from (
      select state, count(*)::int as n from control.spare where template_id = '${templateId}' group by 1) s`)
  ).counts
const readyOf = (version: number, templateId = library) =>
  expect.poll(
    async () =>
      (
        await fleet.rows(`select id from control.spare
            where state = 'ready' and template_id = '${templateId}' and template_version = ${version}`)
      ).length,
    { timeout: 15_000 },
  )
const schemasOf = async (id: string | null) =>
  (await fleet.inventory()).filter(({ kind, tenant_id }) => kind === 'schema' && tenant_id === id)

describe('the warm pool', () => {
  it('is filled to its size with what no tenant owns, and a sign-up takes one by renaming it', async () => {
    await keep(2)
    await readyOf(2).toBe(2)
    expect(await one('select count(*)::int from control.tenant')).toEqual({ count: 0 })

    const { operationId, tenantId } = await fleet.provision(library, 'north-field')
    expect(await fleet.ended(operationId)).toBe('succeeded')
    expect(await one(`select kind, input from control.operation where id = '${operationId}'`)).toEqual({
      kind: 'tenant.claim',
      input: expect.objectContaining({ pooled: true, templateVersion: 2 }),
    })
    expect(await one(`select state from control.spare where id = '${tenantId}'`)).toEqual({ state: 'taken' })
    const version = await one(
      `select fingerprint from control.template_version where template_id = '${library}'`,
    )
    const row = await one(
      `select state, schema_name, fingerprint, activated_at from control.tenant where id = '${tenantId}'`,
    )
    expect(row).toEqual({
      state: 'active',
      schema_name: 't_north_field',
      fingerprint: version.fingerprint,
      activated_at: expect.any(Date),
    })
    const { rows } = await fleet.cluster.pool.query(`select tenantry.fingerprint('t_north_field') as found`)
    expect(rows).toEqual([{ found: version.fingerprint }])
    expect((await fleet.cluster.pool.query('select title from t_north_field.book')).rows).toEqual([
      { title: 'Dune' },
    ])
  })
})
