import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'

let tenantry: Console
let browser: Browser
beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

async function on(path: string, use: (page: Page) => Promise<void>) {
  const { page, complaints, close } = await openPage(browser, tenantry.admin)
  try {
    await page.goto(tenantry.url + path)
    await use(page)
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
}

test('a channel is added, tested with the true answer beside it, and taken out of use and back', async () => {
  await on('/alerts/channels', async (page) => {
    await page.getByRole('button', { name: 'Add channel' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Mail')
    await dialog.getByLabel('Mail server').fill('127.0.0.1')
    await dialog.getByLabel('From').fill('tenantry@example.org')
    await dialog.getByLabel('To, besides').fill('team@example.org')
    await dialog.getByRole('button', { name: 'Save channel' }).click()
    const panel = page.getByRole('complementary', { name: 'Channel' })
    await panel.getByRole('button', { name: 'Send a test' }).click()
    await panel.getByText('It does not').waitFor()
    await panel.getByText('127.0.0.1 is not a public address.').waitFor()
    await panel.getByRole('button', { name: 'Take out of use' }).click()
    await panel.getByText('Out of use').waitFor()
    await panel.getByRole('button', { name: 'Take into use' }).click()
    await panel.getByRole('button', { name: 'Take out of use' }).waitFor()
  })
})

test('a schedule is planned, overridden, and called by an escalation that then cannot lose it', async () => {
  await on('/alerts/schedules', async (page) => {
    await page.getByRole('button', { name: 'Add schedule' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Primary')
    await dialog.getByRole('combobox', { name: 'Add somebody' }).click()
    await page.getByRole('option', { name: 'Administrator' }).click()
    await dialog.getByRole('button', { name: 'Save schedule' }).click()
    await page.getByText('Now', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Override…' }).click()
    await dialog.getByRole('button', { name: 'Save override' }).click()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('button', { name: 'Take back' }).waitFor({ state: 'detached' })
  })
  await on('/alerts/escalation', async (page) => {
    await page.getByRole('button', { name: 'Add escalation' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Everybody')
    await dialog.getByRole('combobox', { name: 'Tell at step 1' }).click()
    await page.getByRole('option', { name: 'On call: Primary' }).click()
    await dialog.getByRole('button', { name: 'Save escalation' }).click()
    await page.getByText('Then nobody else is called.').waitFor()
  })
  await on('/alerts/schedules', async (page) => {
    await page.getByRole('button', { name: 'Remove…' }).click()
    await page.getByRole('button', { name: 'Remove schedule' }).click()
    await page.getByText('Primary is called by the escalation Everybody.').waitFor()
  })
})

test('a source of alerts shows its token once, where it belongs', async () => {
  await on('/alerts/channels', async (page) => {
    await page.getByRole('button', { name: 'Add source…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Add source' }).click()
    await dialog.getByText('/hooks/alertmanager').waitFor()
    await dialog.getByText('tnt_am_').waitFor()
    await dialog.getByRole('button', { name: 'I have put it there' }).click()
    await page.getByText('has delivered nothing yet').waitFor()
    expect(await page.getByText('tnt_am_').count()).toBe(0)
  })
})
