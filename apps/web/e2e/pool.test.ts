import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient } from './console-client.ts'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let tenantry: Console
let browser: Browser
let stock: ReturnType<typeof arrange>
let templateId: string

beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  stock = arrange(tenantry.admin)
  await stock.template()
  ;[{ id: templateId }] = await tenantry.admin.query('templates.list', null)
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

async function at(path: string, run: (page: Page) => Promise<void>, who = tenantry.admin) {
  const opened = await openPage(browser, who)
  try {
    await opened.page.goto(tenantry.url + path)
    await run(opened.page)
    return opened.complaints
  } finally {
    await opened.close()
  }
}
const pool = async () => (await tenantry.admin.query('pool.list', null))[0].clusters[0]
const rowOf = (page: Page) => page.getByRole('table', { name: 'Trial by cluster' }).getByRole('row').nth(1)

test('fills a pool to the size that is set, and shows it as it happens', async () => {
  const complaints = await at('/pool', async (page) => {
    await page.getByText('no pool', { exact: false }).first().waitFor()
    await untilLive(page)
    await page.getByRole('button', { name: 'Set for all' }).click()
    const field = page.getByLabel('Size of Trial on each cluster')
    await field.fill('501')
    expect(await page.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')
    await field.fill('2')
    await page.keyboard.press('Enter')
    await page.getByText('2 on each cluster').waitFor()
    // Nothing is loaded again from here on.
    await rowOf(page).getByText('Full').waitFor()
    // On both clusters.
    await page.getByText('4 of 4 ready').waitFor()
  })
  expect(complaints).toEqual([])
  expect(await pool()).toMatchObject({ wanted: 2, ready: 2 })
})

test('takes a size back that the server refuses, and says so', async () => {
  await at('/pool', async (page) => {
    await page.getByText('2 on each cluster').waitFor()
    await page.route('**/trpc/pool.set**', (route) => route.abort())
    await rowOf(page).getByRole('button', { name: 'Set for this cluster' }).click()
    await page.getByLabel(/^Size of Trial on (?!each)/).fill('9')
    await page.keyboard.press('Enter')
    await page.getByText('Size not saved, the old stays').waitFor()
    await rowOf(page).getByRole('button', { name: 'Set for this cluster' }).waitFor()
    await rowOf(page).getByText('/ 2').waitFor()
  })
  expect(await pool()).toMatchObject({ wanted: 2, ownSize: null })
})

test('says to who may not change it why', async () => {
  const viewer = await stock.member('viewer', 'Vera Holm', (credentials) =>
    openClient(tenantry.url, credentials),
  )
  await at(
    '/pool',
    async (page) => {
      const button = page.getByRole('button', { name: 'Set for all' })
      await button.focus()
      await page
        .getByText(/pool\.write/)
        .first()
        .waitFor()
      expect(await button.getAttribute('aria-disabled')).toBe('true')
    },
    viewer,
  )
})

test('a new tenant is taken from the pool, as the form says and its operation shows', async () => {
  const complaints = await at('/tenants/new', async (page) => {
    await page.getByLabel('Display name').fill('Quick Brook')
    const review = page.getByLabel('Review')
    await review.getByText('2 of 2 in the warm pool').waitFor()
    await review.getByText('Take a ready schema from the pool').waitFor()
    await review.getByText('"fromPool":true').waitFor()
    await page.getByLabel('Take a schema of the warm pool').uncheck()
    await review.getByText('Built as you wish').waitFor()
    await review.getByText('"fromPool":false').waitFor()
    await page.getByLabel('Take a schema of the warm pool').check()
    await page.getByRole('button', { name: 'Create quick-brook' }).click()
    await page.waitForURL('**/operations/op_*')
    await page.getByRole('row', { name: 'Done: Take a ready schema from the pool' }).waitFor()
    await page.getByRole('log').getByText('is now t_quick_brook').waitFor()
  })
  expect(complaints).toEqual([])
  expect(await tenantry.admin.query('tenants.get', { slug: 'quick-brook' })).toMatchObject({
    state: 'active',
  })
  await at('/pool', async (page) => {
    await rowOf(page).getByText('100 %').waitFor()
    await rowOf(page).getByText('Full').waitFor()
  })
})

test('rebuilds the pool when its template moves on', async () => {
  await at('/pool', async (page) => {
    await page.getByText('v1', { exact: true }).waitFor()
    await untilLive(page)
    await tenantry.admin.mutate('templates.publish', {
      idempotencyKey: crypto.randomUUID(),
      slug: 'trial',
      name: 'Trial',
      migrations: [
        { version: 1, name: 'first', sql: 'create table reading (id bigint primary key, note text);\n' },
        { version: 2, name: 'second', sql: 'create table meter (id bigint primary key);' },
      ],
      seed: '',
    })
    await page.getByText('v2', { exact: true }).waitFor()
    // On both clusters.
    await page.getByText('4 of 4 ready').waitFor()
  })
  expect(await pool()).toMatchObject({ wanted: 2, ready: 2 })
  await tenantry.admin.mutate('pool.set', { templateId, size: null })
})
