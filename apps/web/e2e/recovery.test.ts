import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServerProcess, spawnServer } from '../../server/src/testing/spawn-server.ts'
import { openClient } from './console-client.ts'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'

const home = mkdtempSync(path.join(tmpdir(), 'tenantry-recovery-'))
const own = 'correct horse battery staple'
let server: ServerProcess
let browser: Browser
let port: number

/** The same port every time: the page that is open must find it again. */
const start = async () => {
  server = spawnServer({
    PORT: String(port),
    TENANTRY_HOME: home,
    TENANTRY_DEMO: '1',
    TENANTRY_LEASE_SECONDS: '1',
  })
  return server.ready
}
const postmaster = () =>
  Number(readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

beforeAll(async () => {
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  await server?.ended
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

test('catches up without a reload after kill -9 of API, worker and PostgreSQL in the middle of the demo fleet', async () => {
  const { address, email = '', password = '' } = await start()
  const admin = await openClient(address, { email, password })
  await admin.mutate('session.changePassword', { current: password, next: own })
  await admin.signIn({ email, password: own })
  const { page, close } = await openPage(browser, admin)
  await page.goto(`${address}/tenants`)
  await untilLive(page)
  const rows = page.getByRole('row', { name: /Active/ })
  await expect.poll(() => rows.count(), { timeout: 60_000 }).toBeGreaterThan(0)
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }))

  process.kill(postmaster(), 'SIGKILL')
  server.kill('SIGKILL')
  await server.ended
  await page.getByRole('button', { name: /^(Reconnecting|Stale)/ }).waitFor()

  await start()
  await page.getByRole('button', { name: /^Live/ }).waitFor({ timeout: 30_000 })
  await expect
    .poll(
      async () => {
        const { items } = await admin.query('tenants.list', { states: ['active'], limit: 50 })
        return items.length
      },
      { timeout: 60_000 },
    )
    .toBe(24)
  // Rows that came while the page was cut off gather behind the strip, like all new rows.
  const strip = page.getByRole('button', { name: /new — show/ })
  const heading = async () => {
    if (await strip.isVisible()) await strip.click()
    return page.locator('header').first().textContent()
  }
  await expect.poll(heading, { timeout: 20_000 }).toMatch(/Tenants\s*24/)
  await page.getByRole('row', { name: /Provisioning/ }).waitFor({ state: 'detached', timeout: 20_000 })
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true)
  await close()
}, 180_000)
