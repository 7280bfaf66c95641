import { type CoreContext, readEngine } from '@tenantry/core'
import { Gauge, type Registry } from 'prom-client'

/** Whether anybody evaluates the alert rules, read at each scrape; without a value while the control database does not answer. */
export function registerAlertGauges(registry: Registry, core: CoreContext): void {
  new Gauge({
    name: 'tenantry_alert_evaluation_age_seconds',
    help: 'Since the alert rules were last evaluated, all of them.',
    registers: [registry],
    async collect() {
      this.reset()
      const engine = await readEngine(core).catch(() => undefined)
      if (typeof engine?.ageSeconds === 'number') this.set(engine.ageSeconds)
      else this.remove()
    },
  })
}
