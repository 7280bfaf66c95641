import { openClient as openDatabase } from '@tenantry/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient } from './console-client.ts'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let tenantry: Console
let browser: Browser
let stock: ReturnType<typeof arrange>

beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  stock = arrange(tenantry.admin)
  await stock.template()
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** Opens a page once it is live, and fails when it complained of anything. */
async function at(path: string, run: (page: Page) => Promise<void>, client = tenantry.admin) {
  const opened = await openPage(browser, client)
  try {
    await opened.page.goto(tenantry.url + path)
    await untilLive(opened.page)
    await run(opened.page)
    expect(opened.complaints).toEqual([])
  } finally {
    await opened.close()
  }
}

/** As an operator with psql. */
async function psql(database: string, statement: string) {
  const client = await openDatabase(tenantry.databaseUrl(database), 'operator')
  await client.query(statement).finally(() => client.end())
}

const clusterOf = async (name: string) =>
  (await tenantry.admin.query('clusters.list', { detached: true })).find(
    (one: { name: string }) => one.name === name,
  )
const key = () => crypto.randomUUID()

test('adds a database as a cluster once its failing check is mended by its SQL', async () => {
  await psql('postgres', 'create database third')
  await psql(
    'third',
    `create language rough handler plpgsql_call_handler;
     update pg_language set lanpltrusted = false where lanname = 'rough'`,
  )
  await at('/clusters', async (page) => {
    await page.getByRole('row', { name: 'eu-2' }).waitFor()
    await page.getByRole('button', { name: 'Add cluster' }).click()
    await page.getByLabel('Name', { exact: true }).fill('eu-3')
    await page.getByLabel('Administrator’s connection string').fill(tenantry.databaseUrl('third'))
    const add = page.getByRole('button', { name: 'Add eu-3' })
    expect(await add.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Check it' }).click()

    const found = page.getByRole('list', { name: 'What the check found' })
    await found.getByText('The untrusted languages rough run').waitFor()
    await page.getByText(/fine.* 1 error/).waitFor()
    expect(await add.getAttribute('aria-disabled')).toBe('true')
    const mend = await found.locator('pre').first().textContent()
    expect(mend).toBe('DROP LANGUAGE "rough";')
    await psql('third', String(mend))

    await page.getByRole('button', { name: 'Check again' }).click()
    await found.getByText('Every language is trusted').waitFor()
    await page.getByLabel('Add a label as key=value').fill('zone=c')
    await page.getByRole('button', { name: 'Add label' }).click()
    await add.click()
    await page.waitForURL('**/clusters/cl_*')
    await page.getByRole('heading', { name: 'eu-3', level: 2 }).waitFor()
    // A worker takes it up and looks at it.
    await page.getByRole('meter', { name: /connections/ }).waitFor({ timeout: 30_000 })
  })
  expect(await everythingSaid('eu-3')).not.toContain(new URL(tenantry.databaseUrl('third')).password)
})

/** What the API tells of a cluster. */
async function everythingSaid(name: string): Promise<string> {
  const { id } = await clusterOf(name)
  return JSON.stringify([
    await tenantry.admin.query('clusters.get', { id }),
    await tenantry.admin.query('audit.list', { targetId: id }),
  ])
}

test('cordons and uncordons a cluster; a viewer reads why they may not', async () => {
  const { id } = await clusterOf('eu-3')
  await at(`/clusters/${id}`, async (page) => {
    await page.getByRole('button', { name: 'Cordon…' }).click()
    const dialog = page.getByRole('dialog')
    const act = dialog.getByRole('button', { name: 'Cordon eu-3' })
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Reason, kept in the audit log').fill('the disk is filling')
    await act.click()
    await page.getByText('“the disk is filling”').waitFor()
    await expect.poll(async () => (await clusterOf('eu-3')).state).toBe('cordoned')
    await page.getByRole('button', { name: 'Uncordon' }).click()
    await page.getByText('eu-3 takes new tenants').waitFor()
    await expect.poll(async () => (await clusterOf('eu-3')).state).toBe('active')
  })
  const viewer = await stock.member('viewer', 'Vera', (who) => openClient(tenantry.url, who))
  await at(
    `/clusters/${id}`,
    async (page) => {
      const cordon = page.getByRole('button', { name: 'Cordon…' })
      await cordon.hover()
      await page.getByText('needs cluster.write').first().waitFor()
    },
    viewer,
  )
})

test('a cordon that does not arrive is taken back on the screen, with the reason', async () => {
  const { id } = await clusterOf('eu-3')
  await at(`/clusters/${id}`, async (page) => {
    await page.route('**/trpc/clusters.cordon*', (route) => route.abort())
    await page.getByRole('button', { name: 'Cordon…' }).click()
    await page.getByRole('dialog').getByLabel('Reason, kept in the audit log').fill('for a moment')
    await page.getByRole('dialog').getByRole('button', { name: 'Cordon eu-3' }).click()
    await page.getByText('eu-3 is not cordoned.').waitFor()
    await page.getByRole('button', { name: 'Cordon…' }).waitFor()
    expect(await page.getByText('“for a moment”').count()).toBe(0)
  })
})

test('places a tenant by its label, as the trial said before', async () => {
  await at('/clusters?tab=placement', async (page) => {
    await page.getByRole('radio', { name: 'By label' }).check()
    await page.getByLabel('Add a tenant label of rule 1 as key=value').fill('plan=gold')
    await page.keyboard.press('Enter')
    await page.getByLabel('Add a cluster label of rule 1 as key=value').fill('zone=c')
    await page.keyboard.press('Enter')
    await page.getByLabel('Add a label of the tenant to try as key=value').fill('plan=gold')
    await page.keyboard.press('Enter')
    await page.getByLabel('Where it would go').getByText('eu-3', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save policy' }).click()
    await page.getByText('Set by').waitFor()
  })
  await stock.tenant('golden', { labels: { plan: 'gold' } })
  await stock.tenant('plain')
  const golden = await tenantry.admin.query('tenants.get', { slug: 'golden' })
  expect(golden).toMatchObject({
    clusterName: 'eu-3',
    placementReason: expect.stringContaining('Rule 1, plan=gold to zone=c'),
  })
  await at('/tenants/golden', async (page) => {
    await page.getByText('Rule 1, plan=gold to zone=c').first().waitFor()
  })
})

test('drains a cluster: its tenants are elsewhere, and nobody comes', async () => {
  const { id, name } = await clusterOf('eu-2')
  await stock.tenant('moving', { clusterId: id })
  const { tenants } = await tenantry.admin.query('clusters.get', { id })
  await at(`/clusters/${id}`, async (page) => {
    await page.getByRole('button', { name: 'Drain…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Type the number of tenants to move').fill(String(tenants.active))
    await dialog.getByLabel('Reason, kept in the audit log').fill('its disks are old')
    await dialog.getByRole('button', { name: `Drain ${name}` }).click()
    await page.waitForURL('**/bulks/bk_*')
    await page.getByText('Finished', { exact: true }).first().waitFor({ timeout: 40_000 })
  })
  expect((await tenantry.admin.query('tenants.get', { slug: 'moving' })).clusterName).not.toBe(name)
  expect(await clusterOf('eu-2')).toMatchObject({ state: 'cordoned', stateReason: 'its disks are old' })
})

test('detaches a cluster only when nothing is left on it', async () => {
  const { id } = await clusterOf('eu-3')
  await at(`/clusters/${id}`, async (page) => {
    const detach = page.getByRole('button', { name: 'Detach…' })
    await detach.hover()
    await page.getByText('1 tenant is still there.').waitFor()
    expect(await detach.getAttribute('aria-disabled')).toBe('true')

    const { id: tenantId } = await tenantry.admin.query('tenants.get', { slug: 'golden' })
    const away = { tenantId, confirmSlug: 'golden', reason: 'left us' }
    const done = async (procedure: string, input: object) => {
      const { operationId } = await tenantry.admin.mutate(procedure, { idempotencyKey: key(), ...input })
      expect((await stock.untilEnded(operationId)).state).toBe('succeeded')
    }
    await done('tenants.archive', { ...away, keepDays: 0 })
    await done('tenants.purge', { ...away, beforeWindowEnds: true })
    await page.getByText('No tenant is here.').waitFor({ timeout: 30_000 })

    await detach.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Type the name to confirm').fill('eu-3')
    await dialog.getByLabel('Reason, kept in the audit log').fill('moved to eu-1')
    await dialog.getByRole('button', { name: 'Detach eu-3' }).click()
    await page.getByText('Its address and secrets are erased').waitFor()
  })
  expect(await clusterOf('eu-3')).toMatchObject({ state: 'detached', stateReason: 'moved to eu-1' })
})
