import AxeBuilder from '@axe-core/playwright'
import { openClient as openDatabase } from '@tenantry/db'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, openPage } from './launch-browser.ts'
import { type Console, startConsole } from './start-console.ts'
import { arrange } from './stock-fleet.ts'

let tenantry: Console
let browser: Browser
const made: Record<string, string> = {}

beforeAll(async () => {
  // The browser first: a server beside one that does not start would be left running.
  browser = await launchBrowser()
  tenantry = await startConsole({ demo: false })
  const stock = arrange(tenantry.admin)
  await stock.template()
  made.done = (await stock.tenant('alder', { labels: { plan: 'gold' } })).id
  made.cluster = (await tenantry.admin.query('clusters.list', {}))[0].id
  made.failed = (await stock.tenant('doomed')).id
  made.kept = await stock.ask('doomed-kept', { onFailure: 'keep' })
  const gone = await stock.tenant('doomed-two')
  const { operationId } = await tenantry.admin.mutate('tenants.discard', {
    idempotencyKey: crypto.randomUUID(),
    tenantId: gone.tenantId,
  })
  await stock.untilEnded(operationId)
  const cluster = await openDatabase(tenantry.clusterUrl, 'by hand')
  await cluster.query('create schema t_by_hand')
  await cluster.end()
  await tenantry.admin.mutate('findings.check', {})
  while (!made.finding) {
    made.finding = (await tenantry.admin.query('findings.list', {})).items[0]?.id ?? ''
  }
  const { ruleId } = await tenantry.admin.mutate('rules.set', {
    name: 'Nobody watches the watchers',
    condition: { kind: 'threshold', metric: 'fleet_workers', operator: 'above', value: 0 },
    severity: 'warning',
  })
  made.rule = ruleId
  await tenantry.admin.mutate('silences.add', {
    idempotencyKey: crypto.randomUUID(),
    matchers: [{ fact: 'severity', operator: 'is', values: ['info'] }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    comment: 'Workers are watched elsewhere',
  })
  while (!made.incident) {
    made.incident = (await tenantry.admin.query('alerts.list', { ruleId })).items[0]?.id ?? ''
  }
  const { bulkId } = await tenantry.admin.mutate('bulks.import', {
    idempotencyKey: crypto.randomUUID(),
    rows: [{ slug: 'bulk-one' }, { slug: 'doomed-in-bulk' }, { slug: 'Wrong Slug' }],
    template: 'trial',
    reason: 'moved in',
    acknowledgeWrong: 1,
  })
  const hook = {
    name: 'Status page',
    kind: 'webhook',
    config: { url: 'http://127.0.0.1:9/hook' },
    secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  }
  made.channel = (await tenantry.admin.mutate('channels.set', hook)).channelId
  made.message = (await tenantry.admin.mutate('channels.test', { channelId: made.channel })).notificationId
  const [{ userId }] = await tenantry.admin.query('schedules.people', {})
  const layer = {
    name: 'Weeks',
    users: [userId],
    startsAt: '2026-01-05T09:00',
    turn: { every: 1, unit: 'week' },
  }
  const { scheduleId } = await tenantry.admin.mutate('schedules.set', {
    name: 'Primary',
    timeZone: 'Europe/Rome',
    layers: [{ ...layer, hours: { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' } }],
  })
  await tenantry.admin.mutate('policies.set', {
    name: 'Everybody',
    isDefault: true,
    steps: [
      { afterSeconds: 0, targets: [{ kind: 'schedule', scheduleId }] },
      { afterSeconds: 600, targets: [{ kind: 'channel', channelId: made.channel }] },
    ],
  })
  made.bulk = bulkId
  while ((await tenantry.admin.query('bulks.get', { id: bulkId })).state !== 'finished');
})
afterAll(async () => {
  await browser?.close()
  await tenantry?.stop()
})

/** Every page, with the words that say that it stands. `:name` is the id of an operation made above. */
const pages = [
  ['/', 'Overview'],
  ['/tenants', 'alder'],
  ['/tenants?peek=doomed', 'Why it is failed'],
  ['/tenants?q=nowhere', 'Nothing matches'],
  ['/tenants/new', 'What will be made'],
  ['/tenants/adopt', 'Looked at'],
  ['/tenants/adopt?schema=nowhere', 'Nothing to adopt under this name'],
  ['/tenants/alder', 'Roles on the cluster'],
  ['/tenants/alder?tab=operations', 'Provision alder'],
  ['/tenants/alder?tab=usage', 'Storage and its growth'],
  ['/tenants/alder?tab=quotas', 'Temporary space'],
  ['/tenants/alder?tab=audit', 'tenant.provision'],
  ['/tenants/doomed', 'Provision stopped'],
  ['/tenants/doomed-two', 'Discarded by'],
  ['/tenants/nobody-here', 'no tenant of this slug'],
  ['/operations', 'Provision alder'],
  ['/operations/attention', 'Failures by cause'],
  ['/operations/:kept', 'It waits for your decision'],
  ['/operations/:done', 'Schema t_alder'],
  ['/operations/:done?view=cost', 'Waited for the lane'],
  ['/operations/:failed', 'Where it stands now'],
  ['/findings', 't_by_hand'],
  ['/findings?finding=:finding', 'The registry says'],
  ['/findings?state=ignored', 'Nothing is ignored'],
  ['/pool', 'Served, 24 h'],
  ['/quotas', 'Fleet default'],
  ['/bulks', 'Import 3 tenants'],
  ['/bulks/:bulk', 'Failures by cause'],
  ['/tenants/import', 'Choose a file'],
  ['/clusters', 'eu-2'],
  ['/clusters?tab=placement', 'Where it would go'],
  ['/clusters/new', 'Nothing is registered by a check'],
  ['/clusters/:cluster', 'Rights and settings'],
  ['/alerts/schedules', 'nobody is on call for'],
  ['/alerts/escalation', 'Channel: Status page'],
  ['/alerts/channels', 'Alerts from outside'],
  ['/alerts/channels?channel=:channel', 'Send a test'],
  ['/alerts/deliveries', 'tests this channel'],
  ['/alerts/deliveries?message=:message', 'is not a public address'],
  ['/alerts', 'Nobody watches the watchers'],
  ['/alerts?q=nowhere', 'Nothing matches'],
  ['/alerts?tab=rules', 'No worker is alive'],
  ['/alerts?tab=silences', 'Workers are watched elsewhere'],
  ['/alerts/:incident', 'What happened'],
  ['/alerts/in_00000000000000000000000000', 'There is no such incident'],
  ['/alerts/rules/:rule', 'It would have fired'],
  ['/alerts/rules/new', 'As soon as the rule is whole'],
  ['/docs/alerts/no-worker', 'No worker is alive'],
  ['/docs/alerts/nowhere', 'There is no such runbook'],
  ['/usage', 'Noisy neighbours'],
  ['/audit', 'tenant.provision'],
  ['/nowhere', 'There is no page here'],
] as const

const looks = [
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 1440, height: 900 }],
  ['light', { width: 390, height: 844 }],
] as const

// A page waits more than it works: three at once take little more than half the time.
describe.concurrent.each(looks)('in %s at %o', (colorScheme, viewport) => {
  // A phone has no room for the panel beside the list.
  const shown = viewport.width < 768 ? pages.filter(([path]) => !path.includes('peek')) : pages
  test.each(shown)('%s has nothing that axe finds, and complains of nothing', async (path, words) => {
    const { page, complaints, close } = await openPage(browser, tenantry.admin, { colorScheme, viewport })
    try {
      await page.goto(tenantry.url + path.replace(/:(\w+)/, (_, name) => made[name] ?? ''))
      await page.getByText(words).or(page.getByLabel(words)).first().waitFor({ state: 'attached' })
      // The skeletons are gone, and what fades in is in.
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState === 'finished'),
      )
      const { violations } = await new AxeBuilder({ page }).analyze()
      const findings = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      )
      expect(findings).toEqual([])
      expect(await page.title()).toMatch(/ · Tenantry$/)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wider, 'the page scrolls sideways').toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    } finally {
      await close()
    }
  })
})

test('a change of page is announced, and the focus goes to its name', async () => {
  const { page, close } = await openPage(browser, tenantry.admin)
  await page.goto(`${tenantry.url}/tenants`)
  await page.getByRole('row', { name: 'alder' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByRole('status').getByText('Audit, page loaded').waitFor({ state: 'attached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Audit')
  await close()
})

test('the palette finds a tenant on the server, and what one may do on the page', async () => {
  const { page, close } = await openPage(browser, tenantry.admin)
  await page.goto(`${tenantry.url}/tenants/doomed`)
  await page.getByText('Provision stopped').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Retry: provision doomed' }).waitFor()
  await page.getByRole('combobox').fill('ald')
  await page.getByRole('option', { name: 'alder' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/tenants/alder')
  await close()
})
