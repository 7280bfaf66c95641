import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { startConsole } from './start-console.ts'

/** Takes the pictures of the documentation from the demo fleet, as it is after its first start. */
const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
mkdirSync(folder, { recursive: true })

const tenantry = await startConsole({ demo: true })
const browser = await launchBrowser()
try {
  const list = (input: object) => tenantry.admin.query('tenants.list', input)
  for (let active = 0; active < 24; ) {
    active = (await list({ states: ['active'], limit: 50 })).items.length
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { items } = await tenantry.admin.query('operations.list', { kinds: ['tenant.provision'], limit: 1 })
  const pages = {
    overview: '/',
    tenants: '/tenants?sort=slug',
    tenant: '/tenants/northport-university',
    operation: `/operations/${items[0].id}`,
    usage: '/usage',
    quotas: '/quotas',
    alerts: '/alerts?tab=rules',
  }
  for (const theme of ['light', 'dark'] as const) {
    const { page, close } = await openPage(browser, tenantry.admin, { colorScheme: theme })
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(tenantry.url + address)
      await untilLive(page)
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`) })
    }
    await close()
  }
} finally {
  await browser.close()
  await tenantry.stop()
}
