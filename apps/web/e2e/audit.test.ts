import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient } from './console-client.ts'
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
  await stock.tenant('alder', { labels: { plan: 'gold' } })
  const { id, rowVersion } = await tenantry.admin.query('tenants.get', { slug: 'alder' })
  const vera = await stock.member('viewer', 'Vera Lind', (who) => openClient(tenantry.url, who))
  await expect(
    vera.mutate('tenants.annotate', { tenantId: id, ifVersion: rowVersion, notes: 'x' }),
  ).rejects.toThrow('forbidden')
  await tenantry.admin.mutate('tenants.annotate', {
    tenantId: id,
    ifVersion: rowVersion,
    labels: { plan: 'iron', tier: 'first' },
  })
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

async function at(path: string, run: (page: Awaited<ReturnType<typeof openPage>>['page']) => Promise<void>) {
  const opened = await openPage(browser, tenantry.admin)
  try {
    await opened.page.goto(tenantry.url + path)
    await run(opened.page)
    expect(opened.complaints).toEqual([])
  } finally {
    await opened.close()
  }
}

test('shows attempts that were refused beside those that succeeded', () =>
  at('/audit', async (page) => {
    const denied = page.getByRole('row', { name: /Denied.*tenant\.annotate.*Vera Lind/ })
    await denied.waitFor()
    await denied.getByText('forbidden').waitFor()
    await page.getByRole('row', { name: /Succeeded.*tenant\.annotate.*alder/ }).waitFor()
  }))

test('shows what a change was before and after, and its place in the chain', () =>
  at('/audit?action=tenant.annotate&outcome=succeeded', async (page) => {
    await page.getByRole('row', { name: 'tenant.annotate' }).click()
    const entry = page.getByRole('complementary', { name: 'Audit entry' })
    await entry.getByRole('row', { name: 'labels.plan gold iron' }).waitFor()
    await entry.getByRole('row', { name: 'labels.tier nothing first' }).waitFor()
    await entry.getByText(/^[0-9a-f]{64}$/).waitFor()
    await page.waitForURL((url) => url.searchParams.get('entry')?.startsWith('tn_') ?? false)
  }))

test('narrows the log to one person', () =>
  at('/audit?q=vera', async (page) => {
    await page.getByRole('row', { name: 'Vera Lind' }).first().click()
    await page.getByRole('button', { name: 'Everything by Vera Lind' }).click()
    await page.getByRole('button', { name: 'Remove who: Vera Lind' }).waitFor()
    await page.getByRole('row', { name: 'Administrator' }).first().waitFor({ state: 'detached' })
  }))

test('proves that nobody changed the log', () =>
  at('/audit', async (page) => {
    await page.getByRole('button', { name: 'Verify chain' }).click()
    await page.getByText('Intact.').waitFor()
    await page.getByText(/entries in \d+ chains, every hash as it was written/).waitFor()
  }))

test('gathers what is written meanwhile behind a strip', () =>
  at('/audit?action=session.sign-in', async (page) => {
    await page.getByRole('row', { name: 'session.sign-in' }).first().waitFor()
    await untilLive(page)
    await openClient(tenantry.url, tenantry)
    await page.getByRole('button', { name: '1 new — show' }).click()
    await page.getByRole('button', { name: '1 new — show' }).waitFor({ state: 'detached' })
  }))
