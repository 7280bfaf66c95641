import type { MetricName, SetRuleInput } from '@tenantry/contracts'
import { setRuleInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { runVerb } from '../../run-verb.ts'
import type { TestCore } from '../../testing/create-core.ts'
import { type EvaluatorOptions, evaluateAlerts } from '../evaluate-alerts.ts'
import { setRule } from '../set-rule.ts'

let count = 0

/** What the tests of the engine ask again and again of one control database. */
export function askAlerts(test: TestCore) {
  const query = async (text: string, values: unknown[] = []) =>
    (await test.control.pool.query(text, values)).rows
  const one = async (text: string, values: unknown[] = []) => (await query(text, values))[0]
  return {
    query,
    one,
    /** Writes a measurement of now, or of so many seconds ago. */
    measure: (
      metric: MetricName,
      value: number,
      { clusterId, ago = 0 }: { clusterId?: string; ago?: number } = {},
    ) =>
      query(
        `select control.record_metrics($1::jsonb, clock_timestamp() - make_interval(secs => $2::float8))`,
        [JSON.stringify([{ metric, cluster_id: clusterId ?? null, value }]), ago],
      ),
    /** A rule as a threshold over the queue’s longest wait, unless told otherwise. */
    rule: async (over: Partial<SetRuleInput> = {}) =>
      runVerb(
        test.core,
        test.ana,
        setRule,
        setRuleInput.parse({
          name: `Rule ${++count}`,
          condition: {
            kind: 'threshold',
            metric: 'fleet_queue_wait_seconds',
            operator: 'above',
            value: 100,
            clear: 50,
          },
          keepFiringSeconds: 0,
          severity: 'warning',
          ...over,
        }),
      ),
    /** One look of a process at every rule. */
    look: (options: EvaluatorOptions = { holder: 'one' }) => evaluateAlerts(test.core, options).run(),
    /** Lets time pass: everything that has happened was so many seconds earlier. */
    async pass(seconds: number) {
      const back = `make_interval(secs => ${seconds})`
      await query(`
        update control.alert set pending_at = pending_at - ${back}, fired_at = fired_at - ${back},
          clear_at = clear_at - ${back}, resolved_at = resolved_at - ${back};
        update control.incident set raised_at = raised_at - ${back}, resolved_at = resolved_at - ${back},
          acknowledged_until = acknowledged_until - ${back};
        update control.incident_event set at = at - ${back};
        update control.silence set starts_at = starts_at - ${back}, ends_at = ends_at - ${back};
        update control.usage set seen_at = seen_at - ${back}`)
    },
    /** Active tenants with so many bytes each. @returns their ids */
    async tenants(bytes: readonly number[], clusterId = test.ids.cluster): Promise<string[]> {
      const rows = bytes.map((used) => ({ id: newId('tn'), slug: `college-${++count}`, used }))
      const client = await test.control.pool.connect()
      try {
        // Without what else happens when a tenant comes: thousands are made at once.
        await client.query('set session_replication_role = replica')
        await client.query(
          `insert into control.tenant (id, slug, display_name, cluster_id, placement_reason, schema_name, template_id,
             template_version, owner_id, state, fingerprint)
           select id, slug, slug, $2, 'test', 't_' || replace(slug, '-', '_'), $3, 1, $4, 'active', 'f'
           from jsonb_to_recordset($1::jsonb) n (id text, slug text)`,
          [JSON.stringify(rows), clusterId, test.ids.template, test.ids.user],
        )
        await client.query(
          `insert into control.usage (tenant_id, bytes, quota_ratio)
           select id, used, used / 100.0 from jsonb_to_recordset($1::jsonb) n (id text, used bigint)`,
          [JSON.stringify(rows)],
        )
        await client.query('reset session_replication_role')
      } finally {
        client.release()
      }
      return rows.map(({ id }) => id)
    },
    use: (tenantId: string, bytes: number) =>
      query(`update control.usage set bytes = $2, seen_at = clock_timestamp() where tenant_id = $1`, [
        tenantId,
        bytes,
      ]),
    /** The alerts of a rule, in the order in which they began. */
    alertsOf: (ruleId: string) =>
      query(
        `select a.state, a.value, t.slug, a.cluster_id from control.alert a left join control.tenant t on t.id = a.tenant_id
         where a.rule_id = $1 order by a.pending_at, a.value`,
        [ruleId],
      ),
    /** The incidents of a rule, the newest last. */
    incidentsOf: (ruleId: string) =>
      query(
        `select id, state, severity, title, firing::int, total::int, silenced::int, epoch::int, refired, cluster_id
         from control.incident where rule_id = $1 order by started_at, id`,
        [ruleId],
      ),
    timelineOf: async (incidentId: string) =>
      (
        await query(`select kind from control.incident_event where incident_id = $1 order by at, id`, [
          incidentId,
        ])
      ).map(({ kind }) => kind),
  }
}
