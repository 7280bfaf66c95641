import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('shows a provision step by step, live', () =>
  at('/tenants/new', async (page) => {
    await page.getByLabel('Display name').fill('Slow Water')
    await page.getByText('Its schema will be t_slow_water').waitFor()
    await page.getByRole('button', { name: 'Create slow-water' }).click()
    await page.waitForURL('**/operations/op_*')
    await page.getByText('Running step 5 of 7').waitFor()
    await page.getByRole('row', { name: 'Done: Create the schema' }).waitFor()
    await page.getByRole('row', { name: 'Running: Load seed data' }).waitFor()
    await page.getByRole('log').getByText('Schema t_slow_water').waitFor()
    // Nothing is pressed and nothing is loaded again from here on.
    await page.getByRole('row', { name: 'Done: Activate' }).waitFor()
    await page.getByRole('log').getByText('as the template promises').waitFor()
    await page.getByRole('main').getByText('Took').waitFor()
  }))

test('moves through the list as operations begin and end', async () => {
  await stock.tenant('maple')
  await at('/operations', async (page) => {
    await page.getByRole('row', { name: 'maple' }).waitFor()
    await untilLive(page)
    const operation = await stock.ask('slow-fen')
    await page.getByRole('button', { name: '1 new — show' }).click()
    const row = page.getByRole('row', { name: 'slow-fen' })
    await row.getByText('Running').first().waitFor()
    await row.getByText('Done').first().waitFor()
    expect((await stock.untilEnded(operation)).state).toBe('succeeded')
  })
})

test('narrows the list to a state, and counts each', async () => {
  await stock.tenant('hazel')
  await stock.tenant('doomed-one')
  await at('/operations', async (page) => {
    await page.getByRole('button', { name: /^Failed \d+$/ }).click()
    await page.getByRole('row', { name: 'hazel' }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: 'doomed-one' }).waitFor()
    expect(new URL(page.url()).search).toBe('?state=failed')
  })
})

test('says why an operation failed, what was taken back and what helps', async () => {
  const { id } = await stock.tenant('doomed-two')
  await at(`/operations/${id}`, async (page) => {
    await page.getByText('Failed at step 5 of 7').waitFor()
    const cause = page.getByRole('alert', { name: 'Why it failed' })
    await cause.getByText(/division by zero/).waitFor()
    await cause.getByText('22012', { exact: true }).waitFor()
    await cause.getByText('in statement 2, line 3', { exact: false }).waitFor()
    await cause.getByText('Taken back, 2 steps').waitFor()
    await page.getByRole('row', { name: 'Undone: Take back: create the schema' }).waitFor()
    await page.getByRole('row', { name: 'Not reached: Activate' }).waitFor()
  })
})

test('retries a failed operation after one question, as a new one', async () => {
  const { id } = await stock.tenant('doomed-three')
  await at(`/operations/${id}`, async (page) => {
    await page.getByRole('alert', { name: 'Why it failed' }).getByRole('button', { name: 'Retry' }).click()
    await page.getByRole('button', { name: 'Retry operation' }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/operations/') && !url.pathname.endsWith(id))
    await page.getByText('Again after').waitFor()
    await page.getByText('Failed at step 5 of 7').waitFor()
    await page.goto(`${tenantry.url}/operations/${id}`)
    await page.getByRole('link', { name: 'Open the retry' }).waitFor()
    const retry = page.getByRole('button', { name: 'Retry' })
    await retry.focus()
    await page.getByText('It was retried: see the newer operation.').waitFor()
  })
})

test('refuses to cancel what has begun, with the reason', async () => {
  const { id } = await stock.tenant('oak')
  await at(`/operations/${id}`, async (page) => {
    const cancel = page.getByRole('button', { name: 'Cancel operation' })
    await cancel.waitFor()
    expect(await cancel.getAttribute('aria-disabled')).toBe('true')
    await cancel.focus()
    await page.getByRole('tooltip').or(page.getByText('It has ended.')).first().waitFor()
  })
})

test('cancels what no worker has begun', async () => {
  // A cluster takes four at a time: the last one waits.
  const [{ id: clusterId }] = await tenantry.admin.query('clusters.list', {})
  const running = await Promise.all(
    ['stuck-a', 'stuck-b', 'stuck-c', 'stuck-d'].map((slug) => stock.ask(slug, { clusterId })),
  )
  const waiting = await stock.ask('slow-e', { clusterId })
  await at(`/operations/${waiting}`, async (page) => {
    await page.getByText('Queued').first().waitFor()
    await page.getByRole('button', { name: 'Cancel operation' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel operation' }).click()
    await page.getByText('Operation cancelled').waitFor()
    await page.getByRole('main').getByText('Cancelled', { exact: true }).first().waitFor()
  })
  for (const operationId of running) {
    await tenantry.admin.mutate('operations.cancel', { operationId, graceSeconds: 0 })
  }
  await Promise.all(running.map((id) => stock.untilEnded(id)))
  expect((await tenantry.admin.query('tenants.get', { slug: 'slow-e' })).state).toBe('failed')
})

test('finds words in the log, counts them, and goes from one to the next', async () => {
  const { id } = await stock.tenant('pine')
  await at(`/operations/${id}`, async (page) => {
    await page.getByRole('log').getByText('Schema t_pine').waitFor()
    const find = page.getByLabel('Find in the log')
    await find.fill('t')
    const place = page.getByRole('search').getByRole('status')
    await place.filter({ hasText: /^1 of \d+$/ }).waitFor()
    await find.press('Enter')
    await place.filter({ hasText: /^2 of \d+$/ }).waitFor()
    expect(new URL(page.url()).searchParams.get('find')).toBe('t')
    await find.fill('nowhere to be found')
    await place.filter({ hasText: '0 of 0' }).waitFor()
  })
})

test('links a line of the log, and shows it to whoever opens the link', async () => {
  const { id } = await stock.tenant('rowan')
  await at(`/operations/${id}`, async (page) => {
    await page.getByRole('link', { name: 'Link to line 3' }).click()
    await page.waitForURL('**#L3')
    await page.reload()
    const line = page.getByRole('link', { name: 'Link to line 3' }).locator('..')
    await line.waitFor()
    expect(await line.getAttribute('data-linked')).toBe('true')
  })
})

test('shows only the lines of a level', async () => {
  const { id } = await stock.tenant('doomed-four')
  await at(`/operations/${id}`, async (page) => {
    await page.getByRole('button', { name: 'Error 1' }).click()
    await page
      .getByRole('log')
      .getByText(/division by zero/)
      .waitFor()
    expect(await page.getByRole('log').getByText('Schema t_doomed_four').count()).toBe(0)
    expect(new URL(page.url()).search).toBe('?level=error')
  })
})

test('says that an id is of no operation', () =>
  at('/operations/op_01m81p7bsbfzxv4vmtjw5r0000', async (page) => {
    await page.getByRole('heading', { name: 'There is no such operation' }).waitFor()
  }))
