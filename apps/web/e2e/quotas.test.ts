import { openClient as openDatabase } from '@tenantry/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let tenantry: Console
let browser: Browser
beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  const stock = arrange(tenantry.admin)
  await stock.template()
  for (const slug of ['alder', 'birch', 'cedar']) await stock.tenant(slug)
  await untilMeasured('alder')
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

const tenant = (slug: string) => tenantry.admin.query('tenants.get', { slug })
const standing = async (slug: string) =>
  tenantry.admin.query('quotas.standing', { tenantId: (await tenant(slug)).id })

/** What the tenants take up is known; written down by hand where nothing has looked yet. */
async function untilMeasured(slug: string): Promise<void> {
  const control = await openDatabase(tenantry.databaseUrl('tenantry_control'), 'by hand')
  await control.query(
    `insert into control.usage (tenant_id, bytes, relations, connections)
     select id, 16384, 2, 0 from control.tenant where state = 'active'
     on conflict (tenant_id) do nothing`,
  )
  await control.end()
  expect((await standing(slug)).resources[0].used).toBeGreaterThan(0)
}

async function at(path: string, run: (page: Page) => Promise<void>) {
  const opened = await openPage(browser, tenantry.admin)
  try {
    await opened.page.goto(tenantry.url + path)
    await untilLive(opened.page)
    await run(opened.page)
    return opened.complaints
  } finally {
    await opened.close()
  }
}

test('a plan is made, given to a tenant, and simulated before it is tightened', async () => {
  const complaints = await at('/quotas', async (page) => {
    await page.getByRole('button', { name: 'New plan' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Campus')
    await page.getByLabel('Limit of storage').fill('20')
    await page.getByLabel('Hours of grace for storage').fill('24')
    await page.getByLabel('Limit of connections').fill('many')
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')
    await page.getByLabel('Limit of connections').fill('30')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Plan Campus saved').waitFor()
    await page.getByText('20.0 GB').waitFor()

    await page.goto(`${tenantry.url}/tenants/alder?tab=quotas`)
    await page.getByRole('combobox', { name: 'Plan' }).click()
    await page.getByRole('option', { name: 'Campus' }).click()
    await page.getByRole('row', { name: 'Connections' }).getByText('0 of 30').waitFor()

    await page.goto(`${tenantry.url}/quotas`)
    await page.getByRole('button', { name: 'Change Campus' }).click()
    await page.getByText('Nobody would be over.').waitFor()
    await page.getByLabel('Limit of relations').fill('1')
    await page.getByText('Relations: 1 tenant would be over, 1 could have no more.').waitFor()
    await page.getByRole('button', { name: 'Leave as it is' }).click()
  })
  expect(complaints).toEqual([])
  expect((await standing('alder')).plan).toMatchObject({ name: 'Campus' })
})

test('a tenant over its storage is blocked before one’s eyes, and released with a higher limit', async () => {
  await at('/tenants/birch?tab=quotas', async (page) => {
    const row = page.getByRole('row', { name: 'Storage' })
    await row.getByRole('button', { name: 'Set limit' }).click()
    await page.getByLabel('Unit').selectOption('MB')
    await page.getByLabel('Limit of storage').fill('0.001')
    await page.keyboard.press('Enter')
    // Nothing is loaded again from here on.
    await page.getByText('Writing is blocked', { exact: false }).waitFor()
    await row.getByText('Blocked').waitFor()
    await page.goto(`${tenantry.url}/quotas`)
    await page.getByRole('row', { name: 'birch' }).getByText('released at', { exact: false }).waitFor()
    const { id: tenantId } = await tenant('birch')
    await tenantry.admin.mutate('quotas.set', { tenantId, resource: 'storage_bytes', limit: null })
    await page.getByText('Nobody is near a limit').waitFor()
  })
  const { items } = await tenantry.admin.query('audit.list', { actions: ['quota.block', 'quota.release'] })
  expect(items.map(({ action }: { action: string }) => action)).toEqual(['quota.release', 'quota.block'])
})
