import { type Mailbox, openMailbox } from '@tenantry/core/testing/peers'
import { openClient } from '@tenantry/db'
import { asRole } from '@tenantry/db/cluster'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage, untilLive } from './launch-browser.ts'
import { type Alertmanager, openAlertmanager } from './open-alertmanager.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let browser: Browser
let tenantry: Console
let mailbox: Mailbox
let alertmanager: Alertmanager
beforeAll(async () => {
  browser = await launchBrowser()
  mailbox = await openMailbox()
  alertmanager = await openAlertmanager()
  tenantry = await startConsole({ demo: false, settings: { TENANTRY_CHANNEL_NETWORKS: '127.0.0.0/8' } })
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
  await alertmanager?.close()
  await mailbox?.close()
})

const patience = { timeout: 40_000, interval: 100 }

test('a tenant over its storage is noticed, blocked in its live session, mailed, pushed, shown, and released', async () => {
  const { admin, url } = tenantry
  const stock = arrange(admin)
  await stock.template()
  const clusters = await admin.query('clusters.list', {})
  const cluster = clusters.find(({ name }: { name: string }) => name === 'eu-1') ?? clusters[0]
  await stock.tenant('elm', { clusterId: cluster.id })
  const tenant = await admin.query('tenants.get', { slug: 'elm' })

  const mail = await admin.mutate('channels.set', {
    name: 'Mail',
    kind: 'email',
    config: {
      host: '127.0.0.1',
      port: mailbox.port,
      security: 'none',
      from: 'tenantry@example.org',
      to: ['on-call@example.org'],
    },
  })
  const push = await admin.mutate('channels.set', {
    name: 'Alertmanager',
    kind: 'alertmanager',
    config: { url: alertmanager.url },
  })
  const channel = (channelId: string) => ({ kind: 'channel', channelId })
  await admin.mutate('policies.set', {
    name: 'Whoever is there',
    steps: [{ afterSeconds: 0, targets: [channel(mail.channelId), channel(push.channelId)] }],
    isDefault: true,
  })
  await admin.mutate('quotas.set', { tenantId: tenant.id, resource: 'storage_bytes', limit: 2_000_000 })

  const issued = await admin.mutate('tenants.rotate', {
    idempotencyKey: crypto.randomUUID(),
    tenantId: tenant.id,
    overlapMinutes: 5,
  })
  const { result } = await stock.untilEnded(issued.operationId)
  const product = await openClient(asRole(tenantry.clusterUrl, result.role, issued.password), 'product')
  let id = 1000
  const write = () => product.query(`insert into reading values ($1, repeat('x', 900))`, [id++])
  const outcome = () =>
    write().then(
      () => 'written',
      (error) => error.code,
    )
  await product.query(`insert into reading select n, repeat('x', 900) from generate_series(10000, 14000) n`)
  const full = Date.now()
  await expect.poll(outcome, patience).toBe('42501')
  console.info(`blocked ${((Date.now() - full) / 1000).toFixed(1)} s after it was full`)
  expect((await product.query('select 1 from reading limit 1')).rowCount).toBe(1)

  // Past 80 and 95 % it is, too: this is about the limit itself.
  const told = (event: string) =>
    mailbox.mails.filter(
      ({ headers }) =>
        headers.subject?.startsWith(`[${event}`) && headers.subject.includes('A quota is used up'),
    )
  await expect.poll(() => told('FIRING').length, patience).toBeGreaterThan(0)
  await expect
    .poll(async () => (await alertmanager.alerts()).map(({ labels }) => labels.alertname), patience)
    .toContain('A quota is used up')

  const { page, complaints, close } = await openPage(browser, admin)
  await page.goto(`${url}/tenants/elm?tab=quotas`)
  await untilLive(page)
  await page.getByRole('row', { name: 'Storage' }).getByText('Blocked').waitFor()
  await page.goto(`${url}/alerts`)
  await page.getByText(/quota/i).first().waitFor()

  await product.query('truncate reading')
  await expect.poll(outcome, patience).toBe('written')
  await page.goto(`${url}/tenants/elm?tab=quotas`)
  await page.getByRole('row', { name: 'Storage' }).getByText('Blocked').waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await close()
  await product.end()

  const { items } = await admin.query('audit.list', {
    tenantId: tenant.id,
    actions: ['quota.block', 'quota.release'],
  })
  expect(items.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['quota.block', 'quota.release']),
  )
  await expect.poll(() => told('RESOLVED').length, { timeout: 120_000, interval: 200 }).toBeGreaterThan(0)
  await expect
    .poll(async () => (await alertmanager.alerts()).filter(({ isActive }) => isActive), patience)
    .toEqual([])
}, 300_000)
