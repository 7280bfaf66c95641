import type { SetRuleInput } from '@tenantry/contracts'
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
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** A rule that holds from the first look on: there is always a worker. */
const workersRule = (name: string, over: Partial<SetRuleInput> = {}) =>
  tenantry.admin.mutate('rules.set', {
    name,
    condition: { kind: 'threshold', metric: 'fleet_workers', operator: 'above', value: 0 },
    severity: 'critical',
    action: 'Read the runbook.',
    runbookUrl: '/docs/alerts/no-worker',
    keepFiringSeconds: 0,
    ...over,
  })

async function incidentOf(ruleId: string) {
  for (;;) {
    const { items } = await tenantry.admin.query('alerts.list', { which: 'open', ruleId })
    if (items[0]) return items[0]
  }
}

/** Opens a page once it is live, and fails when it complained of anything. */
async function on(
  path: string,
  run: (page: Page) => Promise<void>,
  { client = tenantry.admin, ...options }: { client?: Console['admin']; [option: string]: unknown } = {},
) {
  const opened = await openPage(browser, client, options)
  try {
    await opened.page.goto(tenantry.url + path)
    await untilLive(opened.page)
    await run(opened.page)
    expect(opened.complaints).toEqual([])
  } finally {
    await opened.close()
  }
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const icon = (page: Page) => page.locator('link[rel="icon"]').getAttribute('href')

test('shows an incident without a reload: in the list, the title, the icon of the tab, the bell and the navigation', async () => {
  await on('/alerts', async (page) => {
    await page.getByText('Nothing fires').first().waitFor()
    expect(await page.title()).toBe('Alerts · Tenantry')
    expect(await icon(page)).toBe('/favicon.svg')
    await workersRule('Too many workers')
    const item = page.getByRole('article', { name: /Too many workers/ })
    await item.waitFor()
    await page.getByRole('link', { name: 'Alerts: 1 incident fires: 1 critical' }).waitFor()
    await page.getByRole('link', { name: /^Alerts\s*1$/ }).waitFor()
    await expect.poll(() => page.title()).toBe('(1) Alerts · Tenantry')
    expect(await icon(page)).toContain(encodeURIComponent('>1</text>'))

    // The first one stands beside the list, with what the rule measured and what to do.
    const detail = page.getByRole('region', { name: 'Incident', exact: true })
    await detail.getByText('Read the runbook.').waitFor()
    await detail.getByRole('link', { name: 'Open', exact: true }).first().waitFor()
  })
})

test('acknowledges with a key at once, undoes it, and takes it back when the server refuses', async () => {
  await on('/alerts', async (page) => {
    const item = page.getByRole('article', { name: /Too many workers/ })
    await item.waitFor()
    await page.keyboard.press('a')
    await item.getByText('Administrator has it').waitFor()
    await expect.poll(() => page.title()).toBe('Alerts · Tenantry')
    await page.getByRole('button', { name: 'Undo' }).click()
    await item.getByRole('button', { name: /^Acknowledge/ }).waitFor()
    await expect.poll(() => page.title()).toBe('(1) Alerts · Tenantry')

    await page.route('**/trpc/alerts.acknowledge**', (route) => route.abort())
    await item.getByRole('button', { name: /^Acknowledge/ }).click()
    await page.getByText('Not acknowledged').waitFor()
    await item.getByRole('button', { name: /^Acknowledge/ }).waitFor()
  })
})

test('somebody acknowledges on a phone, from the link of a message', async () => {
  const operator = await stock.member('operator', 'Olga Operator', (who) => openClient(tenantry.url, who))
  const { items } = await tenantry.admin.query('alerts.list', {})
  await on(
    `/alerts/${items[0].id}`,
    async (page) => {
      await page.getByRole('heading', { name: /Too many workers: now/ }).waitFor()
      const act = page.getByRole('button', { name: 'Acknowledge', exact: true })
      const box = await act.boundingBox()
      expect(box?.height, 'the target is as large as a thumb').toBeGreaterThanOrEqual(44)
      await act.tap()
      await page.getByText(/has it until/).waitFor()
      await page.getByText(/Olga Operator has taken it/).waitFor()
      await page.getByRole('button', { name: 'Give back' }).waitFor()
    },
    { client: operator, ...phone },
  )
  expect(await tenantry.admin.query('alerts.get', { id: items[0].id })).toMatchObject({
    state: 'acknowledged',
    acknowledgedByName: 'Olga Operator',
  })
  await tenantry.admin.mutate('alerts.release', { incidentId: items[0].id })
})

test('notes what was done into the timeline', async () => {
  const { items } = await tenantry.admin.query('alerts.list', {})
  await on(`/alerts/${items[0].id}`, async (page) => {
    await page.getByRole('button', { name: 'Note…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Note what was done' })
    await dialog.getByLabel('Note').fill('restarted one by hand')
    await dialog.getByRole('button', { name: 'Save note' }).click()
    await page.getByText('“restarted one by hand”').waitFor()
  })
})

test('silences an incident with the count of what it matches, and ends it again', async () => {
  await workersRule('Workers, again', { severity: 'warning' })
  await on('/alerts', async (page) => {
    const item = page.getByRole('article', { name: /Workers, again/ })
    await item.waitFor()
    await item.getByRole('button', { name: 'Silence…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Silence alerts' })
    await dialog.getByText('Matches 1 of 2 firing alerts.').waitFor()
    const act = dialog.getByRole('button', { name: 'Silence', exact: true }).last()
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Why, for whoever comes next').fill('known, mended at noon')
    await act.click()
    await dialog.waitFor({ state: 'detached' })
    await page
      .getByRole('region', { name: 'Quiet' })
      .getByRole('article', { name: /Workers, again/ })
      .waitFor()

    await page.getByRole('tab', { name: /^Silences/ }).click()
    const row = page.getByRole('article', { name: 'known, mended at noon' })
    await row.getByText('rule is Workers, again').waitFor()
    await row.getByText('matches 1 alert').waitFor()
    await row.getByRole('button', { name: 'End…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await page.getByRole('region', { name: 'Ended' }).getByText('known, mended at noon').waitFor()
  })
})

test('plans maintenance for a cluster in the future', async () => {
  await on('/alerts?tab=silences', async (page) => {
    await page.getByRole('button', { name: 'Plan maintenance…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Plan maintenance' })
    await dialog.getByLabel('Fact').click()
    await page.getByRole('option', { name: 'Cluster' }).click()
    await dialog.getByLabel('Add to the new line').click()
    await page.getByRole('option').filter({ hasNotText: 'choose' }).first().click()
    await dialog.getByRole('textbox', { name: 'Begins' }).fill(`${new Date().getFullYear() + 1}-01-02T22:00`)
    await dialog.getByRole('button', { name: '4 h', exact: true }).click()
    await dialog.getByLabel('Why, for whoever comes next').fill('new disks')
    await dialog.getByRole('button', { name: 'Plan maintenance' }).click()
    await page.getByRole('region', { name: 'Planned' }).getByRole('article', { name: 'new disks' }).waitFor()
  })
})

test('writes a rule with its faults at the field and a preview against history, then turns it off and on', async () => {
  await on('/alerts/rules/new', async (page) => {
    await page.getByLabel('Name').fill('Workers by the form')
    await page.getByLabel('Metric').click()
    await page.getByRole('option', { name: 'Workers, of the fleet' }).click()
    const limit = page.getByLabel('Limit')
    await limit.fill('many')
    await page.getByRole('alert').getByText('Write an amount such as 20.').waitFor()
    await limit.fill('0')
    await page.getByLabel('It must hold for').fill('0 s')
    const preview = page.getByRole('complementary', { name: 'Preview' })
    await preview.getByText('Workers above 0.').waitFor()
    await preview.getByText(/^Once, .* in all$/).waitFor()
    await preview.getByText('Holds now for 1 of 1 fleet.').waitFor()
    await page.getByRole('button', { name: 'Make rule' }).click()
    await page.waitForURL(/\/alerts\/rules\/ar_/)
    await page.getByText('Firing').first().waitFor()

    await page.goto(`${tenantry.url}/alerts?tab=rules`)
    const row = page.getByRole('row', { name: /Workers by the form/ })
    const box = row.getByRole('checkbox')
    await box.click()
    await row.getByText('Disabled').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.getByText('Firing').first().waitFor()
  })
})

test('a viewer sees everything and may change nothing, and is told why', async () => {
  const viewer = await stock.member('viewer', 'Vera Viewer', (who) => openClient(tenantry.url, who))
  await on(
    '/alerts',
    async (page) => {
      const item = page.getByRole('article', { name: /Too many workers/ })
      const act = item.getByRole('button', { name: /^Acknowledge/ })
      await act.waitFor()
      expect(await act.getAttribute('aria-disabled')).toBe('true')
      await act.hover()
      await page.getByText(/needs alert.respond/).waitFor()
    },
    { client: viewer },
  )
})

test('tells by a notice of the browser once an incident, in one of two tabs, after it was asked for', async () => {
  const { page, context, close } = await openPage(browser, tenantry.admin, { permissions: ['notifications'] })
  try {
    // Headless browsers show nothing: what would be shown is written down, by both tabs into one list.
    await context.addInitScript(() => {
      class Noted extends EventTarget {
        static permission = 'granted'
        static requestPermission = async () => 'granted'
        constructor(title: string) {
          super()
          localStorage.setItem('shown', `${localStorage.getItem('shown') ?? ''}${title}\n`)
        }
        close() {}
      }
      Object.assign(window, { Notification: Noted })
    })
    const other = await context.newPage()
    await page.goto(`${tenantry.url}/alerts`)
    await page.getByRole('button', { name: /: Administrator/ }).click()
    await page.getByRole('menuitem', { name: 'Tell me of alerts in this browser' }).click()
    await page.getByText('This browser tells of what fires').waitFor()
    await other.goto(`${tenantry.url}/tenants`)
    for (const tab of [page, other]) await untilLive(tab)
    const { ruleId } = await workersRule('Workers, a third time')
    const incident = await incidentOf(ruleId)
    const shown = () => page.evaluate(() => localStorage.getItem('shown'))
    await expect.poll(shown).toBe(`${incident.title}\n`)
    await page.getByRole('article', { name: /a third time/ }).waitFor()
    await other.getByRole('link', { name: /^Alerts: \d incidents fire/ }).waitFor()
    expect(await shown()).toBe(`${incident.title}\n`)
  } finally {
    await close()
  }
})
