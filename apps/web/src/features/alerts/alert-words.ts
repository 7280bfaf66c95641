import {
  type AlertCondition,
  type AlertConditionKind,
  describeSeconds,
  describeValue,
  type IncidentEventKind,
  type IncidentGrouping,
  limitOf,
  type Matcher,
  type MetricName,
  metrics,
  type Severity,
} from '@tenantry/contracts'

/** In a sentence: "Replication lag above 30 s". */
export function conditionSentence(condition: AlertCondition): string {
  const title = metrics[condition.metric].title
  const { unit } = metrics[condition.metric]
  switch (condition.kind) {
    case 'threshold':
      return `${title} ${condition.operator} ${describeValue(condition.value, unit)}`
    case 'rate':
      return `${title} ${condition.operator} ${describeValue(condition.value, unit)} a second, over ${describeSeconds(condition.windowSeconds)}`
    case 'ratio':
      return `${title} ${condition.operator} ${describeValue(condition.value, 'ratio')} of ${metrics[condition.of].title.toLowerCase()}, over ${describeSeconds(condition.windowSeconds)}`
    case 'absence':
      return `${title} not measured for ${describeSeconds(condition.seconds)}`
    case 'forecast':
      return `${title} ${condition.operator} ${describeValue(condition.value, unit)} within ${describeSeconds(condition.withinSeconds)}, going on as in the last ${describeSeconds(condition.windowSeconds)}`
  }
}

/** What an alert of this rule measured, as it is written: `94 s`, `12 kB/s`, `8 %`. */
export function measuredWord(condition: AlertCondition, value: number): string {
  const text = describeValue(value, limitOf(condition).unit)
  if (condition.kind === 'forecast') return `in ${text}`
  return condition.kind === 'rate' ? `${text}/s` : text
}

/** What the chart of a rule draws: a forecast and an absence show the metric itself. */
export function drawnWord(condition: AlertCondition, value: number): string {
  const isRaw = condition.kind === 'forecast' || condition.kind === 'absence'
  return isRaw ? describeValue(value, metrics[condition.metric].unit) : measuredWord(condition, value)
}

/** The same, short enough for an axis: `75 s`, `2.5 min`, `0.75`. */
export function axisWord(condition: AlertCondition, value: number): string {
  const isRaw = condition.kind === 'forecast' || condition.kind === 'absence'
  const unit = isRaw ? metrics[condition.metric].unit : limitOf(condition).unit
  if (unit === 'count') return shortCount(value)
  if (unit !== 'seconds') return describeValue(value, unit)
  const [size, name] =
    value < 120 ? [1, 's'] : value < 7200 ? [60, 'min'] : value < 172_800 ? [3600, 'h'] : [86_400, 'd']
  return `${Number((value / size).toPrecision(3))} ${name}`
}

const shortCount = (value: number) =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(value)

export const conditionKinds: Readonly<Record<AlertConditionKind, { title: string; note: string }>> = {
  threshold: { title: 'Threshold', note: 'The value is beyond a limit.' },
  rate: { title: 'Rate', note: 'It changes faster than so much a second.' },
  ratio: { title: 'Ratio', note: 'One metric is too large a part of another.' },
  absence: { title: 'Absence', note: 'Nobody has measured it for so long.' },
  forecast: { title: 'Forecast', note: 'Going on like this, it crosses the limit soon.' },
}

export const groupingWords: Readonly<Record<IncidentGrouping, string>> = {
  rule: 'One incident for the whole rule',
  cluster: 'One incident a cluster',
  subject: 'One incident for each tenant or cluster',
}

/** As offered in a list: "Replication lag · cluster_replication_lag_seconds". */
export const metricLabel = (metric: MetricName) => metrics[metric].title

export const severityWord: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
}

/** What a line of the timeline says when the event has no text of its own. */
export const eventWord: Readonly<Record<IncidentEventKind, string>> = {
  fired: 'Fired',
  joined: 'More joined',
  left: 'Some are clear again',
  acknowledged: 'Acknowledged',
  released: 'Given back',
  silenced: 'Silenced',
  unsilenced: 'No longer silenced',
  escalated: 'Escalated',
  notified: 'Told',
  undelivered: 'Not delivered',
  noted: 'Note',
  resolved: 'Resolved',
}

const factWords: Record<string, string> = {
  rule: 'rule',
  severity: 'severity',
  cluster: 'cluster',
  tenant: 'tenant',
  metric: 'metric',
}

/** `cluster is us-1 or us-2`; ids by their names where they are known. */
export function matcherSentence(matcher: Matcher, names: Readonly<Record<string, string>> = {}): string {
  const fact = factWords[matcher.fact] ?? matcher.fact.replace('label:', 'label ')
  return `${fact} ${matcher.operator} ${matcher.values.map((value) => names[value] ?? value).join(' or ')}`
}
