import { type MetricName, metrics } from '@tenantry/contracts'

/** What Prometheus calls a metric that is kept here: what only rises ends in `_total`. */
export const seriesOf = (metric: MetricName): string =>
  `tenantry_${metric}${metrics[metric].kind === 'counter' ? '_total' : ''}`
