import AxeBuilder from '@axe-core/playwright'
import { openClient as openDatabase } from '@tenantry/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleClient, openClient } from './console-client.ts'
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

/** Opens a tenant's page once it is live, and fails when it complained of anything but `refusals`. */
async function at(
  slug: string,
  run: (page: Page) => Promise<void>,
  { client = tenantry.admin, refusals = [] }: { client?: ConsoleClient; refusals?: string[] } = {},
) {
  const opened = await openPage(browser, client)
  try {
    await opened.page.goto(`${tenantry.url}/tenants/${slug}`)
    await untilLive(opened.page)
    await run(opened.page)
    expect(opened.complaints).toEqual(refusals)
  } finally {
    await opened.close()
  }
}

/** Opens an action's dialog from the menu. */
async function ask(page: Page, label: string) {
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: label }).click()
  return page.getByRole('dialog')
}

const tenantOf = (slug: string) => tenantry.admin.query('tenants.get', { slug })
const key = () => crypto.randomUUID()
async function done(procedure: string, input: object) {
  const { operationId } = await tenantry.admin.mutate(procedure, { idempotencyKey: key(), ...input })
  expect((await stock.untilEnded(operationId)).state).toBe('succeeded')
}
async function archived(slug: string, keepDays = 7) {
  await stock.tenant(slug)
  const { id: tenantId } = await tenantOf(slug)
  await done('tenants.archive', { tenantId, confirmSlug: slug, reason: 'left us', keepDays })
  return tenantId
}

test('clones a tenant and follows the copy', async () => {
  await stock.tenant('origin')
  await at('origin', async (page) => {
    const dialog = await ask(page, 'Clone…')
    const act = dialog.getByRole('button', { name: 'Clone origin' })
    await dialog.getByLabel('Slug of the clone').fill('origin')
    await dialog.getByRole('alert').waitFor()
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Slug of the clone').fill('origin-copy')
    await dialog.getByText('Free; schema t_origin_copy').waitFor()
    await dialog.getByText('Least full of 2 clusters').waitFor()
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
    await act.click()
    await page.waitForURL('**/operations/op_*')
    await page.getByText('rows of 1 tables copied and proven').waitFor()
  })
  expect(await tenantOf('origin-copy')).toMatchObject({
    state: 'active',
    displayName: 'Origin College (copy)',
  })
})

test('moves a tenant to the other cluster, where it is active again', async () => {
  await stock.tenant('settled')
  const { clusterName, schemaName } = await tenantOf('settled')
  const other = clusterName === 'eu-1' ? 'eu-2' : 'eu-1'
  await at('settled', async (page) => {
    const dialog = await ask(page, 'Move…')
    const act = dialog.getByRole('button', { name: 'Move settled' })
    await dialog.getByRole('radio', { name: other }).click()
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Reason, kept in the audit log').fill('closer to its people')
    await dialog.getByText('Connection strings of the product must name it from then on').waitFor()
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
    await act.click()
    await dialog.waitFor({ state: 'detached' })
  })
  await expect
    .poll(() => tenantOf('settled'), { timeout: 30_000 })
    .toMatchObject({ state: 'active', clusterName: other, schemaName })
})

test('suspends and resumes a tenant', async () => {
  await stock.tenant('alder')
  await at('alder', async (page) => {
    const dialog = await ask(page, 'Suspend…')
    const act = dialog.getByRole('button', { name: 'Suspend alder' })
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Reason, kept in the audit log').fill('invoice 4711 is unpaid')
    await page.keyboard.press('Enter')
    await act.focus()
    await page.keyboard.press('Enter')
    expect((await tenantOf('alder')).operation, 'Enter confirmed').toBe(null)
    await act.click()
    await dialog.waitFor({ state: 'detached' })

    const notice = page.getByRole('region', { name: 'Suspended' })
    await notice.getByText('Suspended by Administrator').waitFor()
    await notice.getByText('Reason: invoice 4711 is unpaid').waitFor()
    await notice.getByRole('button', { name: 'Resume…' }).click()
    await dialog.getByRole('button', { name: 'Resume alder' }).click()
    // While it is open, it hides the page from whoever asks by role.
    await dialog.waitFor({ state: 'detached' })
    await notice.waitFor({ state: 'detached' })
    expect((await tenantOf('alder')).state).toBe('active')
  })
})

test('shows what was requested beside what is, while it happens', async () => {
  await stock.ask('slow-spruce')
  await at('slow-spruce', async (page) => {
    const strip = page.getByRole('status').filter({ hasText: 'Requested:' })
    await strip.getByText('provisioned').waitFor()
    await strip.getByText('Actual: provisioning, operation').waitFor()
    await strip.waitFor({ state: 'detached' })
  })
})

test('issues credentials that are shown once, and they log in', async () => {
  await stock.tenant('birch')
  await at('birch', async (page) => {
    await page.getByText('No credentials were issued yet').waitFor()
    await page.getByRole('button', { name: 'Issue credentials…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Issue credentials of birch' }).click()
    const dialog = page.getByRole('dialog', { name: 'Credentials of birch' })
    await dialog.getByText('Issued: they are good now').waitFor()
    await dialog.getByRole('button', { name: 'Copy URL' }).click()
    const url = await page.evaluate(() => navigator.clipboard.readText())
    const password = decodeURIComponent(new URL(url).password)
    expect(await dialog.textContent()).toContain(password)

    const client = await openDatabase(url, 'a product')
    expect((await client.query('select current_schema() as schema')).rows).toEqual([{ schema: 't_birch' }])
    await client.end()

    await page.keyboard.press('Escape')
    await dialog.getByText('Have you kept the password?').waitFor()
    await dialog.getByRole('button', { name: 'I have kept the password' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Credentials were issued by Administrator').waitFor()
    expect(await page.getByText('Those before them end').count(), 'there were none').toBe(0)
    expect(await page.content()).not.toContain(password)
    await page.getByText(new URL(url).username, { exact: true }).waitFor()
  })
})

test('renames a tenant, and its page goes along', async () => {
  await stock.tenant('cedar')
  await stock.tenant('cypress')
  await at('cedar', async (page) => {
    const dialog = await ask(page, 'Rename…')
    await dialog.getByLabel('New slug').fill('cypress')
    await dialog.getByText('Taken by Cypress College').waitFor()
    await dialog.getByLabel('New slug').fill('larch')
    await dialog.getByText('t_larch').waitFor()
    await dialog.getByLabel('Type the current slug to confirm').fill('cedar')
    await dialog.getByRole('button', { name: 'Rename cedar' }).click()
    await page.waitForURL('**/tenants/larch')
    await page.getByText('t_larch').first().waitFor()
  })
})

test('gives a tenant to another member', async () => {
  await stock.tenant('elm')
  await stock.member('operator', 'Orla Byrne', (who) => openClient(tenantry.url, who))
  await at('elm', async (page) => {
    const dialog = await ask(page, 'Transfer…')
    await dialog.getByLabel('New owner').click()
    await page.getByRole('option', { name: 'Orla Byrne' }).click()
    await dialog.getByRole('button', { name: 'Transfer elm' }).click()
    await page.getByText('elm now belongs to Orla Byrne').waitFor()
    await page.getByText('owned by Orla Byrne').waitFor()
  })
})

test('archives a tenant and brings it back', async () => {
  await stock.tenant('fir')
  await at('fir', async (page) => {
    const dialog = await ask(page, 'Archive…')
    const act = dialog.getByRole('button', { name: 'Archive fir' })
    await dialog.getByLabel('Type the slug to confirm').fill('fir')
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Reason, kept in the audit log').fill('merged into elm')
    await dialog.getByLabel('Days kept').fill('14')
    await act.click()
    const notice = page.getByRole('region', { name: 'Archived' })
    await notice.getByText('Archived by Administrator').waitFor()
    const { archivedAt, keptUntil } = await tenantOf('fir')
    expect(Date.parse(keptUntil) - Date.parse(archivedAt)).toBeCloseTo(14 * 86_400_000, -4)

    await notice.getByRole('button', { name: 'Restore…' }).click()
    await dialog.getByText('It is kept until').waitFor()
    await dialog.getByRole('button', { name: 'Restore fir' }).click()
    await dialog.waitFor({ state: 'detached' })
    await notice.waitFor({ state: 'detached' })
    expect((await tenantOf('fir')).state).toBe('active')
  })
})

test('asks for the password once more before a severe change, when it was typed a while ago', async () => {
  await archived('sorrel')
  const refusals = ['Failed to load resource: the server responded with a status of 400 (Bad Request)']
  await at(
    'sorrel',
    async (page) => {
      await page.route(/session\.me/, async (route) => {
        const reply = await route.fetch()
        const body = (await reply.text()).replaceAll(
          /"confirmedUntil":"[^"]+"/g,
          '"confirmedUntil":"2026-01-01T00:00:00Z"',
        )
        await route.fulfill({ response: reply, body })
      })
      await page.goto(`${tenantry.url}/tenants/sorrel`)
      await untilLive(page)
      const dialog = await ask(page, 'Purge…')
      const act = dialog.getByRole('button', { name: 'Purge sorrel' })
      await dialog.getByLabel('Type the slug to confirm').fill('sorrel')
      await dialog.getByLabel('Reason, kept in the audit log').fill('asked by the customer')
      await dialog.getByRole('checkbox', { name: 'Purge before the window ends' }).click()
      expect(await act.getAttribute('aria-disabled')).toBe('true')
      await dialog.getByLabel('Your password, once more').fill('not this one')
      await act.click()
      await dialog.getByText('This is not your password.').waitFor()
      expect((await tenantOf('sorrel')).state).toBe('archived')
      await dialog.getByLabel('Your password, once more').fill(tenantry.password)
      await act.click()
      await page.getByText('Purged by Administrator').waitFor()
    },
    { refusals },
  )
})

test('purges an archived tenant and leaves a tombstone', async () => {
  await archived('gum')
  await at('gum', async (page) => {
    const dialog = await ask(page, 'Purge…')
    const act = dialog.getByRole('button', { name: 'Purge gum' })
    await dialog.getByLabel('Type the slug to confirm').fill('gum')
    await dialog.getByLabel('Reason, kept in the audit log').fill('erasure asked for')
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByRole('checkbox', { name: 'Purge before the window ends' }).click()
    await act.click()
    await page.getByText('Purged by Administrator').waitFor()
    await page.getByText('can be used again').waitFor()
    expect((await tenantOf('gum')).state).toBe('purged')
    await page.goto(`${tenantry.url}/tenants`)
    await page.getByRole('row', { name: 'alder' }).waitFor()
    expect(await page.getByRole('row', { name: 'gum' }).count()).toBe(0)
  })
})

test('refuses when somebody changed the tenant since the dialog opened', async () => {
  await stock.tenant('hazel')
  await at('hazel', async (page) => {
    const dialog = await ask(page, 'Suspend…')
    await dialog.getByText('Unchanged since you opened this').waitFor()
    await dialog.getByLabel('Reason, kept in the audit log').fill('unpaid')
    const { id: tenantId, rowVersion } = await tenantOf('hazel')
    await tenantry.admin.mutate('tenants.annotate', { tenantId, ifVersion: rowVersion, notes: 'has paid' })
    await dialog.getByText('Changed since you opened this', { exact: true }).waitFor()
    const act = dialog.getByRole('button', { name: 'Suspend hazel' })
    expect(await act.getAttribute('aria-disabled')).toBe('true')
  })
})

test('shows why an action is not possible', async () => {
  await stock.tenant('ivy')
  await at('ivy', async (page) => {
    await page.getByRole('button', { name: 'Actions' }).click()
    const words = await page.getByRole('menuitem').allInnerTexts()
    expect(words.map((text) => text.split('\n')[0])).toEqual([
      'Suspend…',
      'Resume…',
      'Rename…',
      'Transfer…',
      'Rotate credentials…',
      'Clone…',
      'Move…',
      'Archive…',
      'Restore…',
      'Purge…',
    ])
    await page.getByText('Only suspended tenants are resumed; this one is active.').waitFor()
    await page.getByText('Archive it first: only archived tenants are purged').waitFor()
  })
  const vera = await stock.member('viewer', 'Vera Lind', (who) => openClient(tenantry.url, who))
  const mayNot = async (page: Page) => {
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByText('needs tenant.purge, which admin hold').waitFor()
    const items = page.getByRole('menuitem')
    for (const item of await items.all()) expect(await item.getAttribute('aria-disabled')).toBe('true')
  }
  await at('ivy', mayNot, { client: vera })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  const dialogs = [
    ['juniper', 'Suspend…'],
    ['juniper', 'Rename…'],
    ['juniper', 'Transfer…'],
    ['juniper', 'Rotate credentials…'],
    ['juniper', 'Archive…'],
    ['linden', 'Resume…'],
    ['maple', 'Restore…'],
    ['maple', 'Purge…'],
  ] as const
  beforeAll(async () => {
    if (colorScheme === 'dark') return
    await Promise.all([stock.tenant('juniper'), stock.tenant('linden')])
    await done('tenants.suspend', { tenantId: (await tenantOf('linden')).id, reason: 'unpaid' })
    await archived('maple')
  })

  test.each(['linden', 'maple', 'gum'])('the page of %s has nothing that axe finds', async (slug) => {
    const { page, close } = await openPage(browser, tenantry.admin, { colorScheme })
    try {
      await page.goto(`${tenantry.url}/tenants/${slug}`)
      await page.getByText(/^(Suspended|Archived|Purged) by Administrator/).waitFor()
      await noFindings(page)
    } finally {
      await close()
    }
  })

  test.each(dialogs)('%s: the dialog of %s has nothing that axe finds', async (slug, label) => {
    const { page, complaints, close } = await openPage(browser, tenantry.admin, { colorScheme })
    try {
      await page.goto(`${tenantry.url}/tenants/${slug}`)
      await untilLive(page)
      await page.getByRole('button', { name: 'Actions' }).click()
      await noFindings(page)
      await page.getByRole('menuitem', { name: label }).click()
      await page.getByRole('dialog').waitFor()
      await noFindings(page)
      const shots = process.env.TENANTRY_SHOTS
      if (shots) {
        const name = label.toLowerCase().replaceAll(/[^a-z]+/g, '')
        await page.screenshot({ path: `${shots}/lifecycle-${name}-${colorScheme}.png` })
      }
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })
})

async function noFindings(page: Page) {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState === 'finished'),
  )
  // An open menu stands over the page, in no landmark of it.
  const { violations } = await new AxeBuilder({ page }).disableRules('region').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`)).toEqual(
    [],
  )
}
