import { Histogram, type Registry } from 'prom-client'

/** @param namespace `control`, or the cluster's name · @param error SQLSTATE, or why the connection was lost */
export type ObserveStatement = (
  namespace: string,
  operation: string,
  seconds: number,
  error: string | undefined,
) => void

/** How long statements take, as the process that sends them sees it. Once a registry. */
export function createStatementMetrics(registry: Registry): ObserveStatement {
  const duration = new Histogram({
    name: 'db_client_operation_duration_seconds',
    help: 'From sending a statement to its last row.',
    labelNames: ['db_namespace', 'db_operation_name', 'error_type'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [registry],
  })
  return (namespace, operation, seconds, error) =>
    duration.observe(
      { db_namespace: namespace, db_operation_name: operation, error_type: error ?? '' },
      seconds,
    )
}
