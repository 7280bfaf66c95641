import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { readRegistry } from './read-registry.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

const query = (text: string, values: unknown[]) => test.control.pool.query(text, values)

async function newTenant(): Promise<string> {
  const id = newId('tn')
  const slug = `read-${id.slice(-8)}`
  await query(
    `insert into control.tenant (id, slug, display_name, cluster_id, placement_reason, schema_name, template_id, template_version, owner_id)
     values ($1, $2, 'Read', $3, 'the only one', $4, $5, 1, $6)`,
    [id, slug, test.ids.cluster, `t_${slug.replaceAll('-', '_')}`, test.ids.template, test.ids.user],
  )
  return id
}
const newSpare = (id: string) =>
  query(
    `insert into control.spare (id, origin, state, cluster_id, schema_name, template_id, template_version)
     values ($1, 'pool', 'building', $2, $3, $4, 1)`,
    [id, test.ids.cluster, `t_spare_${id.slice(3)}`, test.ids.template],
  )
const spareBecomes = async (id: string, ...states: string[]) => {
  for (const state of states) {
    const print = state === 'ready' ? ", fingerprint = 'f', ready_at = now()" : ''
    await query(`update control.spare set state = $2${print} where id = $1`, [id, state])
  }
}
const markOf = async (id: string, asked: string[] = []) =>
  (await readRegistry(test.core.db, test.ids.cluster, asked)).get(id)?.mark

describe('two readings of the registry', () => {
  it('are equal for a tenant that came from the pool, whether or not its past was asked for', async () => {
    const id = await newTenant()
    await newSpare(id)
    await spareBecomes(id, 'ready', 'taken')
    expect(await markOf(id)).toContain('tenant')
    expect(await markOf(id, [id])).toBe(await markOf(id))
  })

  it('differ once a spare was taken between them', async () => {
    const id = newId('tn')
    await newSpare(id)
    await spareBecomes(id, 'ready')
    const before = await markOf(id)
    await spareBecomes(id, 'taken')
    expect(await markOf(id, [id])).not.toBe(before)
  })
})
