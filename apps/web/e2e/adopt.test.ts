import { mkdirSync } from 'node:fs'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { openClient as openDatabase } from '@tenantry/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let tenantry: Console
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  const cluster = await openDatabase(tenantry.clusterUrl, 'by hand')
  await cluster.query(`
    create role school_owner login password 'x'; create role school_app login password 'x'; create role reports login;
    create schema north_field authorization school_owner;
    create schema old_reports; create schema lakeside authorization school_owner;
    grant usage on schema north_field, lakeside to school_app, reports;
    set role school_owner; set search_path = north_field;
    create table reading (id bigint primary key, note text);
    insert into reading values (7, 'made by hand');
    grant select, insert on reading to school_app;
    create table lakeside.reading (id bigint primary key, note text);
    reset role;
    create view old_reports.readings as select * from lakeside.reading`)
  await cluster.end()
  await arrange(tenantry.admin).template()
  // A worker looks twice a minute.
  const [{ id }] = await tenantry.admin.query('clusters.list', {})
  const until = Date.now() + 60_000
  for (let found = 0; found < 3 && Date.now() < until; ) {
    found = (await tenantry.admin.query('clusters.adoptable', { clusterId: id })).schemas.length
  }
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

const pictures = process.env.TENANTRY_PICTURES
/** Looks at what axe finds, and keeps a picture where one is asked for. */
async function look(page: Page, name: string) {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState === 'finished'),
  )
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wider, 'the page scrolls sideways').toBeLessThanOrEqual(0)
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: path.join(pictures, `${name}.png`) })
}

const looks = [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 1440, height: 900 }],
  ['light', { width: 390, height: 844 }],
] as const

test.each(looks)(
  'lists what was made by hand with what is in the way, in %s at %o',
  async (colorScheme, viewport) => {
    const { page, complaints, close } = await openPage(browser, tenantry.admin, { colorScheme, viewport })
    const name = `${viewport.width}-${colorScheme}`
    await page.goto(`${tenantry.url}/tenants/adopt`)
    const row = page.getByRole('row', { name: /^lakeside/ })
    await row.getByText('view old_reports.readings').first().waitFor()
    await look(page, `adopt-list-${name}`)
    await row.click()
    await page.getByRole('heading', { name: 'In the way' }).waitFor()
    expect(await page.getByRole('button', { name: 'Review and adopt…' }).getAttribute('aria-disabled')).toBe(
      'true',
    )
    await page.goto(`${tenantry.url}/tenants/adopt?schema=north_field`)
    await page.getByText('What will be changed').waitFor()
    await page.getByText('becomes').first().waitFor()
    await page.getByRole('checkbox', { name: 'Keep school_app' }).click()
    await look(page, `adopt-form-${name}`)
    await page.getByRole('button', { name: 'Review and adopt…' }).click()
    await page.getByRole('dialog').waitFor()
    await look(page, `adopt-dialog-${name}`)
    expect(complaints).toEqual([])
    await close()
  },
)

test('adopts a schema after its name is typed, and the tenant’s product goes on', async () => {
  const { page, complaints, close } = await openPage(browser, tenantry.admin)
  await page.goto(`${tenantry.url}/tenants`)
  await untilLive(page)
  await page.getByRole('button', { name: 'Adopt' }).click()
  await page.getByRole('row', { name: 'north_field' }).click()
  await page.getByRole('checkbox', { name: 'Keep school_app' }).click()
  await page.getByRole('button', { name: 'Review and adopt…' }).click()
  const dialog = page.getByRole('dialog')
  const act = dialog.getByRole('button', { name: 'Adopt north_field' })
  expect(await act.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Type the schema’s name to confirm').fill('north_field')
  await dialog.getByLabel('Reason, kept in the audit log').fill('moves in')
  await act.click()
  await page.waitForURL('**/operations/op_*')
  await page.getByText('Fingerprint').first().waitFor()
  await page.getByText('Schema north_field is now t_north_field').first().waitFor()
  await look(page, 'adopt-operation')
  const tenant = await tenantry.admin.query('tenants.get', { slug: 'north-field' })
  expect(tenant).toMatchObject({ state: 'active', schemaName: 't_north_field' })
  expect(complaints).toEqual([])
  await close()
})
