import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'

let tenantry: Console
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

test('the navigation marks where one is, a page of its own list included', async () => {
  const { page, close } = await openPage(browser, tenantry.admin)
  const marked = page.getByRole('navigation', { name: 'Main' }).locator('[aria-current=page]')
  for (const [path, ...labels] of [
    // The name of the product leads there as well.
    ['/', 'Tenantry', 'Overview'],
    ['/tenants/new', 'Tenants'],
    ['/bulks', 'Operations'],
    ['/findings', 'Reconciler'],
  ] as const) {
    await page.goto(tenantry.url + path)
    await marked.first().waitFor()
    expect(await marked.allTextContents(), path).toEqual(
      labels.map((label) => expect.stringContaining(label)),
    )
  }
  await close()
})

test('on a phone every screen is within two taps, and none is squeezed', async () => {
  const { page, close } = await openPage(browser, tenantry.admin, { viewport: { width: 390, height: 844 } })
  await page.goto(`${tenantry.url}/tenants`)
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Tenants' }).waitFor()
  for (const link of await nav.getByRole('link').all()) {
    expect((await link.boundingBox())?.width).toBeGreaterThanOrEqual(56)
  }
  await nav.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Audit' }).click()
  await page.waitForURL('**/audit')
  expect(await nav.getByRole('button', { name: 'More' }).getAttribute('aria-current')).toBe('true')
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider).toBeLessThanOrEqual(0)
  await close()
})
