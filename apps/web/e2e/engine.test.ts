import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  ;[{ id: clusterId }] = await tenantry.admin.query('clusters.list', {})
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
/** All on one cluster, so that a few fill its hands. */
const ask = (slug: string, over: Record<string, unknown> = {}) => stock.ask(slug, { clusterId, ...over })

/** A cluster takes four at a time: whoever comes next waits until these are let go. */
async function fillHands(name: string) {
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map((letter) => ask(`stuck-${name}-${letter}`)))
  return {
    async letGo() {
      for (const operationId of ids) {
        await tenantry.admin.mutate('operations.cancel', { operationId, graceSeconds: 0 })
      }
      await Promise.all(ids.map((id) => stock.untilEnded(id)))
    },
  }
}

test('cancels a running operation: says when it is forced, forces it sooner, and takes back what was done', async () => {
  const id = await ask('stuck-birch')
  await at(`/operations/${id}`, async (page) => {
    await page.getByText('Running step 5 of 7').waitFor()
    await page.getByRole('button', { name: 'Cancel operation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('No further step').waitFor()
    await dialog.getByRole('button', { name: '10 min' }).click()
    await dialog.getByRole('button', { name: 'Cancel operation' }).click()
    const panel = page.getByRole('region', { name: 'What is about to happen' })
    await panel.getByText(/by force at .*\(in .+\)/).waitFor()
    await page.getByText(/Stopping, by force in/).waitFor()
    await page.getByRole('button', { name: 'Force now' }).click()
    await dialog.getByRole('button', { name: 'Cancel operation' }).click()
    await page.getByRole('log').getByText('the step seed was ended by force').first().waitFor()
    await page.getByText(/cancelled it on .*taken back/).waitFor()
    await page.getByRole('row', { name: 'Undone: Take back: create the schema' }).waitFor()
  })
  expect((await stock.untilEnded(id)).state).toBe('cancelled')
  expect((await tenantry.admin.query('tenants.get', { slug: 'stuck-birch' })).state).toBe('failed')
})

test('tells what a queued operation waits for, and moves it to the front', async () => {
  const hands = await fillHands('elm')
  const [first, second] = [await ask('elm-first'), await ask('elm-second')]
  await at(`/operations/${second}`, async (page) => {
    const panel = page.getByRole('region', { name: 'Why it waits' })
    await panel.getByText('hands of').waitFor()
    await panel.getByRole('link', { name: 'provision elm-first' }).waitFor()
    await page.getByRole('button', { name: 'Move to the front' }).click()
    await page.getByText('Moved to the front').waitFor()
    await panel.getByRole('link', { name: 'provision elm-first' }).waitFor({ state: 'detached' })
    await page.getByText('Urgent', { exact: true }).waitFor()
  })
  await hands.letGo()
  const [one, two] = await Promise.all([stock.untilEnded(first), stock.untilEnded(second)])
  expect(two.startedAt <= one.startedAt).toBe(true)
})

test('shows the lanes, the workers and how many go before each, and narrows the list to a lane', async () => {
  const hands = await fillHands('fir')
  const waiting = [await ask('fir-first'), await ask('fir-second')]
  await at('/operations', async (page) => {
    await page.getByRole('row', { name: 'fir-second' }).getByText('behind 1 other').waitFor()
    await page.getByText(/^1 worker, \d in hand$/).waitFor()
    await page.getByRole('button', { name: /^Interactive \d/ }).click()
    await page.getByRole('row', { name: 'fir-first' }).waitFor()
    expect(new URL(page.url()).search).toBe('?lane=interactive')
    await page.getByRole('button', { name: /^Bulk \d/ }).click()
    await page.getByText('Nothing matches this filter').waitFor()
  })
  await hands.letGo()
  await Promise.all(waiting.map((id) => stock.untilEnded(id)))
})

test('keeps what is done when a step fails, and goes on or takes back as somebody decides', async () => {
  const id = await ask('doomed-kept', { onFailure: 'keep' })
  await at(`/operations/${id}`, async (page) => {
    const panel = page.getByRole('region', { name: 'Why it waits' })
    await panel.getByText('It waits for your decision').waitFor()
    await page.getByText('Stopped at step 5 of 7, kept for you').waitFor()
    await panel.getByRole('button', { name: 'Retry from the failed step' }).click()
    // The cause is not mended: the second attempt ends where the first did.
    await page.getByText('2 of 6').waitFor()
    await panel.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel operation' }).click()
    await page.getByText(/cancelled it on .*taken back/).waitFor()
  })
  expect((await stock.untilEnded(id)).state).toBe('cancelled')
})

test('gathers failures by cause, retries a selection, and puts the rest aside with a reason', async () => {
  await Promise.all(['doomed-x', 'doomed-y', 'doomed-z'].map((slug) => stock.tenant(slug)))
  await at('/operations/attention', async (page) => {
    await untilLive(page)
    const group = page.getByRole('region', { name: /^22012 .*division by zero/ })
    await group.getByRole('link', { name: 'Provision doomed-z' }).waitFor()
    await group.getByRole('checkbox', { name: 'Select provision doomed-x' }).click()
    await group.getByRole('button', { name: 'Retry 1 selected' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retry operation' }).click()
    await page.getByText('1 operation retried').waitFor()
    // Its retry fails as well, and is the one to look at from now on.
    await group.getByText('3 times').waitFor()
    await group.getByRole('button', { name: 'Put all aside' }).click()
    await page.getByLabel('Reason, kept in the audit log').fill('the seed is mended in the next version')
    await page.getByRole('dialog').getByRole('button', { name: 'Put aside' }).click()
    await page.getByText('3 operations put aside').waitFor()
    await page.getByText('Nothing needs you').waitFor()
  })
})
