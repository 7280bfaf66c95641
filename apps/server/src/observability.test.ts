import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = new URL('../../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const files = (folder: string) => readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`)

interface Rule {
  readonly alert?: string
  readonly record?: string
  readonly expr: string
  readonly labels?: Record<string, string>
  readonly annotations?: Record<string, string>
}
const rules = files('deploy/prometheus/rules').flatMap((file) =>
  (parse(read(file)).groups as { rules: Rule[] }[]).flatMap((group) => group.rules),
)
const alerts = rules.filter(({ alert }) => alert)

/** Every series that there is, with its labels: what docs/metrics.md says, which a test holds to the registry. */
const labelsOf = new Map<string, readonly string[]>([['up', []]])
for (const [, name = '', type, labels = ''] of read('docs/metrics.md').matchAll(
  /^\| `(\w+)` +\| (\w+) +\| ([^|]*) \|/gm,
)) {
  const known = [...labels.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? '')
  const series = type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
  for (const suffix of series) {
    labelsOf.set(`${name}${suffix}`, suffix === '_bucket' ? [...known, 'le'] : known)
  }
}
/** What Prometheus adds to everything that it scrapes. */
const scraped = ['job', 'instance']
for (const { record, expr } of rules) {
  if (record) labelsOf.set(record, groupingOf(expr))
}

function groupingOf(expr: string): string[] {
  return [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap((match) => (match[1] ?? '').split(/,\s*/))
}

/** What a query asks of series and labels that do not exist, and where it cannot be parsed. */
function faultsOf(query: string): string[] {
  // Grafana fills these in; any of their kind will do.
  const text = query.replaceAll('$__rate_interval', '5m')
  const faults: string[] = []
  const known = new Set(scraped)
  const names: string[] = []
  parser.parse(text).iterate({
    enter({ type, from, to, node }) {
      const word = text.slice(from, to)
      if (type.isError) faults.push(`does not parse at ${from}: ${text.slice(from, from + 20)}`)
      if (type.name === 'VectorSelector') {
        const name = text.slice(node.firstChild?.from, node.firstChild?.to)
        names.push(name)
        const labels = labelsOf.get(name)
        if (labels) for (const label of labels) known.add(label)
        else if (!/^(process|nodejs)_/.test(name)) faults.push(`no metric ${name}`)
        for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
          const label = text.slice(matcher.firstChild?.from, matcher.firstChild?.to)
          if (labels && ![...labels, ...scraped].includes(label)) faults.push(`${name} has no label ${label}`)
        }
      }
      if (type.name === 'LabelName' && node.parent?.name === 'GroupingLabels' && !known.has(word)) {
        pending.push(word)
      }
    },
  })
  // A grouping stands before the series that it is of.
  return [
    ...faults,
    ...pending
      .splice(0)
      .filter((label) => !known.has(label))
      .map((label) => `no label ${label}`),
  ]
}
const pending: string[] = []

describe('the reader of queries', () => {
  it.each([
    ['sum by (kind) (rate(tenantry_operations_total[5m]))', []],
    ['rate(tenantry_operation_total[5m])', ['no metric tenantry_operation_total']],
    ['tenantry_workers{tenant="x"}', ['tenantry_workers has no label tenant']],
    ['sum by (tenant) (tenantry_tenants)', ['no label tenant']],
    ['sum(', [expect.stringContaining('does not parse')]],
  ])('finds in %s what is not there', (query, faults) => {
    expect(faultsOf(query).slice(0, 1)).toEqual(faults)
  })
})

describe('deploy/prometheus', () => {
  it.each(rules.map((rule) => [rule.alert ?? rule.record ?? '', rule] as const))(
    '%s asks only of metrics and labels that exist',
    (_, { expr }) => expect(faultsOf(expr)).toEqual([]),
  )

  it.each(alerts.map((rule) => [rule.alert ?? '', rule] as const))(
    '%s says how bad it is, what is wrong and what to do',
    (name, { labels, annotations }) => {
      expect(['critical', 'warning', 'none']).toContain(labels?.severity)
      expect(annotations?.summary).toMatch(/\.$/)
      expect(annotations?.description).toMatch(/\.$/)
      const page = `docs/alerts/${name}.md`
      expect(annotations?.runbook_url).toBe(`/${page}`)
      const text = read(page)
      expect(text).toContain(`# ${name}`)
      for (const heading of ['What it means', 'What to do', 'What can be behind it'])
        expect(text).toContain(heading)
      const uid = annotations?.dashboard_url?.replace('/d/tenantry-', '')
      expect(existsSync(new URL(`deploy/grafana/dashboards/${uid}.json`, root))).toBe(true)
    },
  )

  it('has a test for every alert, that it fires and that it does not', () => {
    const { tests } = parse(read('deploy/prometheus/tests/alerts.test.yml')) as {
      tests: { alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }[]
    }
    const cases = tests.flatMap((test) => test.alert_rule_test ?? [])
    for (const { alert } of alerts) {
      const of = cases.filter(({ alertname }) => alertname === alert)
      expect(
        of.some(({ exp_alerts }) => exp_alerts.length > 0),
        alert,
      ).toBe(true)
      if (alert !== 'TenantryWatchdog')
        expect(
          of.some(({ exp_alerts }) => exp_alerts.length === 0),
          alert,
        ).toBe(true)
    }
  })

  it('scrapes the services of the compose file, where they listen', () => {
    const { scrape_configs: jobs, rule_files: wanted } = parse(read('deploy/prometheus/prometheus.yml'))
    expect(jobs[0]).toMatchObject({
      job_name: 'tenantry',
      static_configs: [{ targets: ['api:4100', 'worker:4100'] }],
    })
    expect(wanted).toEqual(['rules/*.yml'])
  })

  const promtool = process.env.TENANTRY_TEST_PROMTOOL ?? 'promtool'
  const has = spawnSync(promtool, ['--version']).status === 0
  if (!has) console.warn('skipped: promtool is not installed; the rules are parsed, and not run')
  it.skipIf(!has)('passes promtool’s checks and rule tests', () => {
    for (const asked of [
      ['check', 'config', '--syntax-only', 'prometheus.yml'],
      ['check', 'rules', 'rules/alerts.yml', 'rules/recording.yml'],
      ['test', 'rules', 'tests/alerts.test.yml'],
    ]) {
      const cwd = fileURLToPath(new URL('deploy/prometheus', root))
      const { status, stdout, stderr } = spawnSync(promtool, asked, { cwd, encoding: 'utf8' })
      expect(status, `${stdout}${stderr}`).toBe(0)
    }
  })
})

interface Dashboard {
  readonly uid: string
  readonly panels: {
    readonly id: number
    readonly title: string
    readonly datasource: { readonly uid: string }
    readonly targets: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[]
    readonly gridPos: { readonly x: number; readonly w: number }
  }[]
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] }
}
const dashboards = files('deploy/grafana/dashboards').map(
  (file) => [file.replace(/^.*\/|\.json$/g, ''), JSON.parse(read(file)) as Dashboard] as const,
)

describe.each(dashboards)('the dashboard %s', (name, { uid, panels, templating }) => {
  it('keeps its address, and works with whatever Prometheus is called', () => {
    expect(uid).toBe(`tenantry-${name}`)
    expect(templating.list[0]?.name).toBe('DS_PROMETHEUS')
    for (const { datasource, targets } of panels) {
      for (const each of [datasource, ...targets.map((target) => target.datasource)]) {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own placeholder
        expect(each.uid).toBe('${DS_PROMETHEUS}')
      }
    }
  })

  it('asks only of metrics, labels and variables that exist', () => {
    const variables = templating.list.map((each) => each.name)
    for (const { title, targets } of panels) {
      for (const { expr } of targets) {
        expect(faultsOf(expr), title).toEqual([])
        for (const [, variable] of expr.matchAll(/"\$(\w+)"/g)) expect(variables, title).toContain(variable)
      }
    }
    for (const { definition } of templating.list) {
      const [, metric, label] = definition?.match(/^label_values\((\w+), (\w+)\)$/) ?? []
      if (definition) expect(labelsOf.get(metric ?? '')).toContain(label)
    }
  })

  it('has every panel once, within its width', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
  })
})
