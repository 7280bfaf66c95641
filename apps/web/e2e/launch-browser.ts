import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import chromium from '@sparticuz/chromium'
import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  type Page,
  chromium as playwright,
} from 'playwright-core'
import type { ConsoleClient } from './console-client.ts'

/**
 * The Chromium that comes in a package: the same one everywhere, nothing to install. Without the package's own switches:
 * they put everything in one process and turn the same-origin policy off.
 */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await unpackBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    headless: true,
  })
}

/** The package unpacks into the folder for temporary files: one for each user, or the second may not run the first one's. */
async function unpackBrowser(): Promise<string> {
  const before = process.env.TMPDIR
  const own = path.join(tmpdir(), `tenantry-chromium-${process.getuid?.() ?? 0}`)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  process.env.TMPDIR = own
  try {
    return await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** Answers that a test provokes; the browser notes each as an error of its own. */
const provoked =
  /Failed to load resource: (net::ERR_FAILED|the server responded with a status of (401|403|404|409))/

/**
 * A page for somebody who is signed in. `complaints` gathers what must not be: errors on the console, exceptions, and
 * whatever the content security policy stopped.
 */
export async function openPage(browser: Browser, client: ConsoleClient, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  await context.addCookies([client.cookie()])
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' && !provoked.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, context, complaints, close: () => context.close() }
}

/** Until the page is live and has fetched what it fetches on arrival: from then on, what changes comes over the socket. */
export async function untilLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Live/ }).waitFor()
  await page.waitForLoadState('networkidle')
}
