import { newId } from '@tenantry/db'
import { incident, user } from '@tenantry/db/schema'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
let id: string
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  id = newId('in')
  await api.core.db
    .insert(incident)
    .values({ id, groupKey: id, severity: 'critical', title: 'Queue <stalled>', firing: 1, total: 1 })
})

const hour = 3_600_000
/** As the messages have it, but made here: what the page takes must be what was agreed. */
const linkFor = (userId: string, { epoch = 1, expires = Date.now() + hour } = {}) => {
  const said = [id, epoch, userId, Math.floor(expires / 1000)].join('.')
  return `${said}.${api.core.vault.sign('acknowledge link', said)}`
}
const get = (link: string) => fetch(`${api.address}/acknowledge?link=${link}`)
const post = (link: string) =>
  fetch(`${api.address}/acknowledge?link=${link}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const now = async () =>
  (
    await api.control.pool.query(
      `select state, epoch::int, acknowledged_by from control.incident where id = '${id}'`,
    )
  ).rows[0]

describe('the page behind the link in a message', () => {
  it('shows what is to be taken, runs no script, and changes nothing however often it is opened', async () => {
    const link = linkFor(api.users.operator)
    for (let i = 0; i < 3; i++) {
      const page = await get(link)
      expect(page.status).toBe(200)
      const text = await page.text()
      expect(text).toContain('Queue &lt;stalled&gt;')
      expect(text).not.toContain('<script')
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
    expect((await fetch(`${api.address}/acknowledge?link=${link}`, { method: 'HEAD' })).status).toBe(200)
    expect(await now()).toMatchObject({ state: 'firing', epoch: 1 })
  })

  it('takes it when the button is pressed, without a session, audited as theirs; a second press does nothing', async () => {
    const link = linkFor(api.users.operator)
    const page = await post(link)
    expect(await page.text()).toContain('You have taken it')
    expect(await now()).toMatchObject({
      state: 'acknowledged',
      acknowledged_by: api.users.operator,
      epoch: 2,
    })
    const again = await post(link)
    expect(await again.text()).toContain('You have taken it.')
    expect(await now()).toMatchObject({ epoch: 2 })
    const { rows } = await api.control.pool.query(
      `select actor_id, outcome from control.audit where action = 'incident.acknowledge' and target_id = '${id}'`,
    )
    expect(rows).toEqual([{ actor_id: api.users.operator, outcome: 'succeeded' }])
  })

  it('says that it is too late when it is over, expired, or taken by somebody else', async () => {
    const expired = await get(linkFor(api.users.operator, { expires: Date.now() - 1000 }))
    expect(await expired.text()).toContain('Too late')
    await post(linkFor(api.users.admin))
    expect(await (await post(linkFor(api.users.operator))).text()).toContain('admin has already taken it')
    await api.control.pool.query(
      `update control.incident set state = 'resolved', resolved_at = now(), firing = 0 where id = '${id}'`,
    )
    expect(await (await post(linkFor(api.users.operator))).text()).toContain('it is over')
  })

  it('takes no link that somebody has changed', async () => {
    const link = linkFor(api.users.viewer)
    const forged = link.replace(api.users.viewer, api.users.admin)
    expect((await get(forged)).status).toBe(404)
    expect((await post(forged)).status).toBe(404)
    expect((await post('')).status).toBe(404)
    expect(await now()).toMatchObject({ state: 'firing' })
  })

  it('does not let somebody take it who may not any more, and notes that they tried', async () => {
    expect((await post(linkFor(api.users.viewer))).status).toBe(403)
    const gone = newId('us')
    await api.core.db.insert(user).values({
      id: gone,
      email: `${gone}@tenantry.test`,
      name: 'Gone',
      role: 'admin',
      disabledAt: new Date(),
    })
    expect((await post(linkFor(gone))).status).toBe(404)
    expect(await now()).toMatchObject({ state: 'firing' })
    const { rows } = await api.control.pool.query(
      `select outcome from control.audit where action = 'incident.acknowledge' and actor_id = '${api.users.viewer}'`,
    )
    expect(rows).toEqual([{ outcome: 'denied' }])
  })

  it('leaves the link out of the log', async () => {
    const link = linkFor(api.users.operator)
    await get(link)
    expect(api.logged.join('')).not.toContain(link)
  })
})
