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
  await arrange(tenantry.admin).template()
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** Opens a page once it is live, and fails when it complained of anything. */
async function at(path: string, run: (page: Page) => Promise<void>) {
  const opened = await openPage(browser, tenantry.admin)
  try {
    await opened.page.goto(`${tenantry.url}${path}`)
    await untilLive(opened.page)
    await run(opened.page)
    expect(opened.complaints).toEqual([])
  } finally {
    await opened.close()
  }
}
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)
const importMany = (slugs: string[], change: object = {}) =>
  tenantry.admin.mutate('bulks.import', {
    idempotencyKey: crypto.randomUUID(),
    rows: slugs.map((slug) => ({ slug, labels: `herd=${slug.split('-')[0]}` })),
    template: 'trial',
    reason: 'moved in',
    acknowledgeWrong: 0,
    ...change,
  })
async function untilOver(id: string) {
  for (;;) {
    const bulk = await tenantry.admin.query('bulks.get', { id })
    if (bulk.finishedAt) return bulk
  }
}
const listed = async (input: object) => (await tenantry.admin.query('tenants.list', input)).items
const idIn = (page: Page) => page.url().split('/').at(-1)?.split('?')[0] ?? ''

test('imports the good rows of a file, names the wrong ones by row and column, and groups what failed', async () => {
  await at('/tenants/import', async (page) => {
    await page
      .getByLabel('Or paste it')
      .fill('slug,colour\nnorth-field,blue\ndoomed-one,\ndoomed-two,\nBad Slug,')
    await page.getByText('Columns that mean nothing here').waitFor()
    const wrong = page.getByRole('grid', { name: 'Wrong cells' })
    await wrong.getByText('No template is named').first().waitFor()
    await page.getByLabel('Template of rows without one').click()
    await page.getByRole('option', { name: 'Trial' }).click()
    await page.getByText('3 good').waitFor()
    await wrong.getByRole('row', { name: 'slug' }).getByText('A slug starts with a letter').waitFor()
    const act = page.getByRole('button', { name: 'Import 3 tenants' })
    await page.getByLabel('Reason, kept in the audit log').fill('moved in')
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('checkbox', { name: 'Leave the wrong rows behind' }).click()
    await act.click()
    await page.waitForURL('**/bulks/*')
    await page.getByText('Finished').first().waitFor()

    const causes = page.getByRole('region', { name: 'Failures by cause' })
    await causes.getByText('22012').waitFor()
    await causes.getByText('division by zero').waitFor()
    expect(await causes.getByRole('listitem').count()).toBe(2)
    await causes.getByRole('button', { name: 'Show these' }).first().click()
    const items = page.getByRole('grid', { name: 'Items' })
    await items.getByRole('row', { name: 'doomed-two' }).waitFor()
    await expect.poll(() => items.getByText('north-field').count()).toBe(0)
  })
  expect(await listed({ text: 'north-field' })).toMatchObject([{ state: 'active' }])
})

test('retries what failed as a bulk operation of its own', async () => {
  const { bulkId } = await importMany(['doomed-three', 'fine-one'])
  await untilOver(bulkId)
  await at(`/bulks/${bulkId}`, async (page) => {
    await page.getByRole('button', { name: 'Retry failed' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 tenant' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith(bulkId))
    await page.getByText('Again after').waitFor()
    await page.getByText('Finished').first().waitFor()
    expect((await untilOver(idIn(page))).counts).toMatchObject({ failed: 1, succeeded: 0 })
  })
})

test('suspends all that match a filter, and says who is left out', async () => {
  await untilOver((await importMany(names('herd', 28), { expectCount: 28 })).bulkId)
  const [first] = await listed({ text: 'herd-0' })
  await tenantry.admin.mutate('tenants.suspend', {
    idempotencyKey: crypto.randomUUID(),
    tenantId: first.id,
    reason: 'by hand',
  })
  await at('/tenants?q=herd-', async (page) => {
    await page.getByRole('row', { name: 'herd-1 ' }).getByRole('checkbox').first().click()
    await page.getByRole('button', { name: 'Select all 28 matching' }).click()
    const bar = page.getByRole('toolbar', { name: 'Selection' })
    await bar.getByText('28 selected').waitFor()
    await bar.getByRole('button', { name: 'Suspend…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 tenant left out.').waitFor()
    await dialog.getByLabel('Reason, kept in the audit log').fill('invoices are unpaid')
    const act = dialog.getByRole('button', { name: 'Suspend 27 tenants' })
    expect(await act.getAttribute('aria-disabled')).toBe('true')
    await dialog.getByLabel('Type the number of tenants to confirm').fill('27')
    await act.click()
    await page.waitForURL('**/bulks/*')
    await page.getByText('27 of 27 ended').waitFor()
    await page.getByText('Finished').first().waitFor()
    await page.getByText('“herd-”').waitFor()
  })
  expect(await listed({ text: 'herd-', states: ['suspended'], limit: 50 })).toHaveLength(28)
})

test('labels a selection at once', async () => {
  await untilOver((await importMany(['label-one', 'label-two'])).bulkId)
  await at('/tenants?q=label-', async (page) => {
    await page.getByRole('row', { name: 'label-one' }).getByRole('checkbox').first().click()
    await page.getByRole('button', { name: 'Label…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Add a label as key=value').fill('plan=gold')
    await dialog.getByRole('button', { name: 'Add label' }).click()
    await dialog.getByRole('button', { name: 'Label 1 tenant' }).click()
    await page.getByText('Labels of 1 tenant saved').waitFor()
  })
  expect((await listed({ labels: { plan: 'gold' } })).map(({ slug }: { slug: string }) => slug)).toEqual([
    'label-one',
  ])
})

test('pauses, resumes and cancels while it runs', async () => {
  const { bulkId } = await importMany(names('slow', 12), { window: 2 })
  await at(`/bulks/${bulkId}`, async (page) => {
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByRole('button', { name: 'Resume', exact: true }).first().waitFor()
    // The page shows it before the server has said so.
    await expect
      .poll(async () => (await tenantry.admin.query('bulks.get', { id: bulkId })).state)
      .toBe('paused')
    await page.getByRole('button', { name: 'Resume', exact: true }).first().click()
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Cancel bulk operation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel bulk operation' }).click()
    await page.getByText('12 of 12 ended').waitFor()
  })
  const { state, counts } = await untilOver(bulkId)
  expect(state).toBe('cancelled')
  expect(counts.succeeded + counts.cancelled + counts.skipped).toBe(12)
  expect(counts.skipped).toBeGreaterThan(5)
})
