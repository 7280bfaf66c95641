import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  await stock.template()
  await stock.tenant('alder', { labels: { plan: 'gold' } })
  await stock.tenant('birch', { labels: { plan: 'iron' }, displayName: 'Birch Polytechnic' })
  await stock.tenant('cedar', { labels: { plan: 'gold', region: 'north' } })
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** Opens a path as the administrator, and fails when the page complained of anything. */
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

describe('the list of tenants', () => {
  test('turns typed words into chips and into the address', () =>
    at('/tenants', async (page) => {
      await page.getByRole('row', { name: 'birch' }).waitFor()
      await page.getByLabel('Search tenants').fill('label:plan=gold state:active ')
      await page.getByRole('button', { name: 'Remove plan: gold' }).waitFor()
      await page.getByText('2 match').waitFor()
      expect(new URL(page.url()).search).toBe('?state=active&label=plan:gold')
      expect(await page.getByRole('row', { name: 'birch' }).count()).toBe(0)
    }))

  test('says that nothing matches, and clears the filter', () =>
    at('/tenants?q=nowhere', async (page) => {
      await page.getByText('Nothing matches this filter').waitFor()
      await page.getByRole('button', { name: 'Clear all' }).click()
      await page.getByRole('row', { name: 'alder' }).waitFor()
      expect(new URL(page.url()).search).toBe('')
    }))

  test('is walked by key: j to a row, Space to look beside it, Enter to open it', () =>
    at('/tenants', async (page) => {
      await page.getByRole('row', { name: 'alder' }).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('Space')
      await page.getByRole('complementary', { name: 'Tenant birch' }).getByText('Birch Polytechnic').waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL('**/tenants/birch')
      await page.waitForFunction(() => document.title === 'birch · Tenants · Tenantry')
    }))

  test('turns the order round when its head is pressed again', () =>
    at('/tenants', async (page) => {
      const head = page.getByRole('columnheader', { name: 'Tenant' })
      await head.getByRole('button').click()
      await page.waitForURL('**/tenants?sort=-slug')
      expect(await head.getAttribute('aria-sort')).toBe('descending')
    }))

  test('gathers what is new behind a strip, and puts it in when asked', () =>
    at('/tenants', async (page) => {
      await page.getByRole('row', { name: 'alder' }).waitFor()
      await untilLive(page)
      await stock.tenant('aspen')
      const strip = page.getByRole('button', { name: '1 new — show' })
      await strip.waitFor()
      expect(await page.getByRole('row', { name: 'aspen' }).count()).toBe(0)
      await strip.click()
      await page.getByRole('row', { name: 'aspen' }).getByText('Active').first().waitFor()
    }))

  test('shows a change of a row in its place', () =>
    at('/tenants', async (page) => {
      await page.getByRole('row', { name: 'cedar' }).waitFor()
      await untilLive(page)
      const { id, rowVersion } = await tenantry.admin.query('tenants.get', { slug: 'cedar' })
      await tenantry.admin.mutate('tenants.annotate', {
        tenantId: id,
        ifVersion: rowVersion,
        displayName: 'Cedar Conservatory',
      })
      await page.getByRole('row', { name: 'cedar' }).getByText('Cedar Conservatory').waitFor()
    }))
})

describe('a new tenant', () => {
  test('gets a slug from its name until somebody writes one', () =>
    at('/tenants/new', async (page) => {
      const slug = page.getByLabel('Slug')
      await page.getByLabel('Display name').fill('École Supérieure du Nord')
      expect(await slug.inputValue()).toBe('ecole-superieure-du-nord')
      await page.getByText('Its schema will be t_ecole_superieure_du_nord').waitFor()
      await slug.fill('esn')
      await page.getByLabel('Display name').fill('École Supérieure du Nord et de l’Est')
      expect(await slug.inputValue()).toBe('esn')
    }))

  test('refuses a slug that is taken while you type', () =>
    at('/tenants/new', async (page) => {
      await page.getByLabel('Slug').fill('birch')
      await page.getByText('Taken by Birch Polytechnic').waitFor()
      expect(await page.getByRole('button', { name: 'Create birch' }).getAttribute('aria-disabled')).toBe(
        'true',
      )
    }))

  test.each([
    ['admin', 'This slug is reserved'],
    ["x'; drop schema public; --", 'lowercase letters, digits and single hyphens only'],
    ['ab', 'at least 3 characters'],
  ])('refuses the slug %s with its reason', (slug, reason) =>
    at('/tenants/new', async (page) => {
      await page.getByLabel('Slug').fill(slug)
      await page.getByText(reason).waitFor()
    }),
  )

  test('shows at its field what the server refuses', () =>
    at('/tenants/new', async (page) => {
      await page.getByLabel('Display name').fill('Dogwood')
      await page.getByText('Its schema will be t_dogwood').waitFor()
      // From here on the page learns nothing new by itself.
      await page.route('**/trpc/*tenants.slugCheck*', (route) => route.abort())
      await stock.tenant('dogwood')
      await page.getByRole('button', { name: 'Create dogwood' }).click()
      await page.getByRole('alert').filter({ hasText: 'Another tenant has this slug' }).waitFor()
      expect(await page.getByLabel('Slug').getAttribute('aria-invalid')).toBe('true')
      expect(new URL(page.url()).pathname).toBe('/tenants/new')
    }))

  test('is one operation, however often the button is pressed', () =>
    at('/tenants/new', async (page) => {
      await page.getByLabel('Display name').fill('Elm')
      await page.getByText('Its schema will be t_elm').waitFor()
      await page.getByRole('button', { name: 'Create elm' }).dblclick()
      await page.waitForURL('**/operations/op_*')
      const { total } = await tenantry.admin.query('operations.list', { text: 'elm' })
      expect(total).toBe(1)
    }))
})

describe('a tenant', () => {
  test('shows a label at once, and rolls it back when the server refuses it', () =>
    at('/tenants/alder', async (page) => {
      const chip = page.getByRole('button', { name: 'Remove tier: first' })
      const sent = Promise.withResolvers<void>()
      const refused = Promise.withResolvers<void>()
      await page.route(
        '**/trpc/tenants.annotate*',
        async (route) => {
          sent.resolve()
          await refused.promise
          await route.abort()
        },
        { times: 1 },
      )
      await page.getByLabel('Add a label as key=value').fill('tier=first')
      await page.keyboard.press('Enter')
      await chip.waitFor()
      await sent.promise
      refused.resolve()
      await page.getByText('Labels not saved, the old stays').waitFor()
      expect(await chip.count()).toBe(0)

      await page.getByRole('button', { name: 'Retry', exact: true }).click()
      await page.getByText('Labels saved').waitFor()
      await chip.waitFor()
      const { labels } = await tenantry.admin.query('tenants.get', { slug: 'alder' })
      expect(labels).toEqual({ plan: 'gold', tier: 'first' })
    }))

  test('takes an edit back with Undo', () =>
    at('/tenants/birch', async (page) => {
      await page.getByRole('button', { name: 'Edit the name' }).click()
      await page.getByLabel('Display name').fill('Birch University')
      await page.keyboard.press('Enter')
      await page.getByText('Name saved').waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('heading', { name: 'Birch Polytechnic' }).waitFor()
    }))

  test('asks whose edit counts when two people changed the same', () =>
    at('/tenants/birch', async (page) => {
      await page.getByRole('button', { name: 'Write notes' }).click()
      await page.getByLabel('Notes').fill('mine')
      const { id, rowVersion } = await tenantry.admin.query('tenants.get', { slug: 'birch' })
      await tenantry.admin.mutate('tenants.annotate', {
        tenantId: id,
        ifVersion: rowVersion,
        notes: 'theirs',
      })
      await page.getByRole('button', { name: 'Save notes' }).click()
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed this meanwhile' })
      await dialog.getByText('theirs', { exact: true }).waitFor()
      await dialog.getByRole('button', { name: 'Save mine over it' }).click()
      await page.getByText('Notes saved').waitFor()
      expect((await tenantry.admin.query('tenants.get', { slug: 'birch' })).notes).toBe('mine')
    }))

  test('makes an edit again when somebody changed something else', () =>
    at('/tenants/cedar', async (page) => {
      await page.getByRole('button', { name: 'Write notes' }).click()
      await page.getByLabel('Notes').fill('call first')
      const { id, rowVersion } = await tenantry.admin.query('tenants.get', { slug: 'cedar' })
      await tenantry.admin.mutate('tenants.annotate', {
        tenantId: id,
        ifVersion: rowVersion,
        labels: { plan: 'tin' },
      })
      await page.getByRole('button', { name: 'Save notes' }).click()
      await page.getByText('Notes saved').waitFor()
      expect(await tenantry.admin.query('tenants.get', { slug: 'cedar' })).toMatchObject({
        notes: 'call first',
        labels: { plan: 'tin' },
      })
    }))

  test('keeps a limit of its own, and takes it away again', () =>
    at('/tenants/alder?tab=quotas', async (page) => {
      const row = page.getByRole('row', { name: 'Storage' })
      await row.getByRole('button', { name: 'Set limit' }).click()
      await page.getByLabel('Limit of storage').fill('50')
      await page.keyboard.press('Enter')
      await row.getByText('50.0 GB').first().waitFor()
      await row.getByRole('button', { name: 'Take it away' }).click()
      await row.getByText('no limit').waitFor()
    }))

  test('says why it failed, and is given up only after its slug was typed', async () => {
    await stock.tenant('doomed')
    await at('/tenants/doomed', async (page) => {
      const trouble = page.getByRole('alert', { name: 'Why it is failed' })
      await trouble.getByText('Provision stopped at “Load seed data”').waitFor()
      await trouble.getByText('22012').waitFor()
      await trouble.getByRole('button', { name: 'Discard…' }).click()
      const act = page.getByRole('dialog').getByRole('button', { name: 'Discard doomed' })
      expect(await act.getAttribute('aria-disabled')).toBe('true')
      await page.getByLabel('Type the slug to confirm').fill('doomed')
      await page.keyboard.press('Enter')
      expect(await act.getAttribute('aria-disabled')).toBe(null)
      expect((await tenantry.admin.query('tenants.get', { slug: 'doomed' })).state).toBe('failed')
      await act.click()
      await page.getByRole('heading', { name: 'Discard doomed' }).waitFor()
      await page.getByRole('main').getByText('Done', { exact: true }).first().waitFor()
      await page.goto(`${tenantry.url}/tenants/doomed`)
      await page.getByText('Discarded by Administrator').waitFor()
    })
  })

  test('that nobody has is a page that says so', () =>
    at('/tenants/nobody-here', async (page) => {
      await page.getByRole('heading', { name: 'There is no tenant of this slug' }).waitFor()
    }))
})

test('shows somebody who may only look what they may not do, and why', async () => {
  const vera = await stock.member('viewer', 'Vera Lind', (who) => openClient(tenantry.url, who))
  const { page, complaints, close } = await openPage(browser, vera)
  await page.goto(`${tenantry.url}/tenants`)
  const create = page.getByRole('button', { name: 'New tenant' })
  expect(await create.getAttribute('aria-disabled')).toBe('true')
  await create.focus()
  await page.getByText('needs tenant.provision, which operator and admin hold').waitFor()
  await page.goto(`${tenantry.url}/audit`)
  await page.getByText('You may not see the audit log').waitFor()
  expect(complaints).toEqual([])
  await close()
})
