import { expect, it } from 'vitest'
import { runAlertChaos } from './testing/alert-chaos/run-alert-chaos.ts'

it('people are told of every alert, of one incident each, while whoever tells them dies and answers are lost', async () => {
  const report = await runAlertChaos({ seed: 20_261_122, seconds: 25, tenants: 30, processes: 3 })
  const page = JSON.stringify(report)
  console.info(page)
  expect(report.missed, page).toEqual([])
  expect(report.doubled, page).toEqual([])
  // It struck at all.
  expect(report.kills, page).toBeGreaterThan(1)
  expect(report.repeated, page).toBeGreaterThan(0)
  expect(report.fired, page).toBeGreaterThan(20)
}, 180_000)
