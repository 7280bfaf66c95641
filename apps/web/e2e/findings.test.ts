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
let clusterId: string

beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  stock = arrange(tenantry.admin)
  await stock.template()
  // The one whose database is changed by hand.
  ;[{ id: clusterId }] = await tenantry.admin.query('clusters.list', {})
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** Opens the reconciler's page once it is live, and fails when it complained of anything. */
async function onFindings(run: (page: Page) => Promise<void>, client = tenantry.admin) {
  const opened = await openPage(browser, client)
  try {
    await opened.page.goto(`${tenantry.url}/findings`)
    await untilLive(opened.page)
    await run(opened.page)
    expect(opened.complaints).toEqual([])
  } finally {
    await opened.close()
  }
}

async function byHand(sql: string) {
  const cluster = await openDatabase(tenantry.clusterUrl, 'by hand')
  const { rows } = await cluster.query(sql)
  await cluster.end()
  return rows
}
const compare = (page: Page) => page.getByRole('button', { name: 'Compare all now' }).click()
const orphan = (id: string, schema: string) =>
  byHand(`select tenantry.create_tenant_roles('${id}', '${schema}', 'by hand', 1);
    select tenantry.create_tenant_schema('${id}', 'by hand', 1)`)

test('shows a schema that was dropped by hand without a reload, here and on its tenant’s page', async () => {
  await stock.tenant('alder', { clusterId })
  await onFindings(async (page) => {
    await page.getByText('Registry and clusters agree').waitFor()
    await byHand('drop schema t_alder cascade')
    await compare(page)
    const row = page.getByRole('row', { name: 't_alder' })
    await row.getByText('Schema missing').first().waitFor()
    await page.getByRole('link', { name: /^Reconciler\s*1$/ }).waitFor()

    await row.click()
    const panel = page.getByRole('complementary', { name: 'Finding' })
    await panel.getByText('Only a backup has its data.').waitFor()
    expect(await panel.getByRole('button', { name: 'Repair' }).count()).toBe(0)
    await panel.getByRole('link', { name: 'alder' }).click()
    await page.getByRole('status', { name: 'Findings' }).getByText('Schema missing.').waitFor()
    await page.getByRole('status', { name: 'Findings' }).getByRole('link', { name: 'See what to do' }).click()
    await panel.getByText('Only a backup has its data.').waitFor()
  })
})

test('repairs a tenant that was closed by hand, and the finding goes by itself', async () => {
  await stock.tenant('birch', { clusterId })
  const { id } = await tenantry.admin.query('tenants.get', { slug: 'birch' })
  await byHand(`revoke usage on schema t_birch from ${id}_app`)
  await onFindings(async (page) => {
    await compare(page)
    await page.getByRole('row', { name: 't_birch' }).click()
    const panel = page.getByRole('complementary', { name: 'Finding' })
    await panel.getByRole('button', { name: 'Repair the tenant…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Repair the tenant' })
    await dialog.getByRole('button', { name: 'Repair the tenant' }).click()
    await dialog.waitFor({ state: 'detached' })
    await panel.getByText('Resolved').waitFor()
    await page.getByRole('row', { name: 't_birch' }).waitFor({ state: 'detached' })
  })
  const [{ may }] = await byHand(`select has_schema_privilege('${id}_app', 't_birch', 'usage') as may`)
  expect(may).toBe(true)
})

test('drops an orphan after its name was typed, and refuses it to an operator', async () => {
  await orphan('tn_00000000000000000000000001', 't_forgotten')
  await byHand('create table t_forgotten.book ()')
  const operator = await stock.member('operator', 'Olga Operator', (who) => openClient(tenantry.url, who))
  await onFindings(async (page) => {
    await compare(page)
    await page.getByRole('row', { name: 't_forgotten' }).click()
    const act = page.getByRole('button', { name: 'Drop t_forgotten…' })
    await act.waitFor()
    expect(await act.getAttribute('aria-disabled')).toBe('true')
  }, operator)

  await onFindings(async (page) => {
    await page.getByRole('row', { name: 't_forgotten' }).click()
    await page.getByRole('button', { name: 'Drop t_forgotten…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Drop t_forgotten' })
    const act = dialog.getByRole('button', { name: 'Drop t_forgotten' })
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Type the schema’s name to confirm').fill('t_forgotten')
    await dialog.getByLabel('Reason, kept in the audit log').fill('of a trial last year')
    await act.click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: 't_forgotten' }).waitFor({ state: 'detached' })
  })
  expect(await byHand(`select from pg_namespace where nspname = 't_forgotten'`)).toEqual([])
  expect(await byHand(`select from pg_roles where rolname ~ '^tn_0{25}1'`)).toEqual([])
})

test('keeps an ignored finding ignored from one comparison to the next', async () => {
  await byHand('create schema t_by_hand')
  await onFindings(async (page) => {
    await compare(page)
    await page.getByRole('row', { name: 't_by_hand' }).click()
    await page.getByRole('button', { name: 'Ignore…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ignore finding' })
    await dialog.getByLabel('Reason, kept in the audit log').fill('it is of the old system')
    await dialog.getByRole('button', { name: 'Ignore' }).click()
    await dialog.waitFor({ state: 'detached' })
    const panel = page.getByRole('complementary', { name: 'Finding' })
    await panel.getByText('Ignored by Administrator: it is of the old system').waitFor()
    await page.getByRole('row', { name: 't_by_hand' }).waitFor({ state: 'detached' })

    const [before] = await tenantry.admin.query('findings.clusters', null)
    await compare(page)
    await expect
      .poll(async () => (await tenantry.admin.query('findings.clusters', null))[0].comparedAt, {
        timeout: 20_000,
      })
      .not.toBe(before.comparedAt)
    await page.getByRole('button', { name: /^Ignored/ }).click()
    await page.getByRole('row', { name: 't_by_hand' }).waitFor()
  })
})
