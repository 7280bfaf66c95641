import { hostname } from 'node:os'
import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { LogRecord } from '../logging/log-record.ts'
import { nameSpans } from './name-spans.ts'

export interface TelemetrySettings {
  readonly role: string
  readonly version: string
  /** The environment, in which OpenTelemetry has its own settings. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

export interface Telemetry {
  /** What this process is, by OpenTelemetry's names. */
  readonly resource: Readonly<Record<string, string>>
  /** Exports a line of the log; left out where nobody collects them. */
  readonly emit?: (record: LogRecord) => void
  /** Sends what is left, at most for a few seconds. */
  close(): Promise<void>
}

/**
 * Spans and their ids for this process. The SDK with its exporters is loaded only where an OTEL_EXPORTER_OTLP_* endpoint
 * says that somebody collects: it costs 10 MB and 0.1 s of every start.
 */
export async function openTelemetry(settings: TelemetrySettings): Promise<Telemetry> {
  const { variables, role, version } = settings
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const resource = {
    'service.name': variables.OTEL_SERVICE_NAME || 'tenantry',
    'service.version': version,
    'service.instance.id': `${hostname()}:${process.pid}`,
    'host.name': hostname(),
    'tenantry.role': role,
  }
  const wanted = exportsWanted(variables)
  if (!wanted.traces && !wanted.logs) {
    trace.setGlobalTracerProvider(nameSpans)
    return { resource, close: async () => {} }
  }
  const { startExport } = await import('./start-export.ts')
  const started = startExport({ resource, wanted, variables })
  if (!wanted.traces) trace.setGlobalTracerProvider(nameSpans)
  return { resource, ...started }
}

export interface Wanted {
  readonly traces: boolean
  readonly logs: boolean
}

/** By the OpenTelemetry specification: an endpoint for both or for one, and `none` for a signal that is not wanted. */
export function exportsWanted(variables: TelemetrySettings['variables']): Wanted {
  const off = variables.OTEL_SDK_DISABLED?.toLowerCase() === 'true'
  const wanted = (signal: 'TRACES' | 'LOGS') =>
    !off &&
    variables[`OTEL_${signal}_EXPORTER`] !== 'none' &&
    Boolean(variables.OTEL_EXPORTER_OTLP_ENDPOINT || variables[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`])
  return { traces: wanted('TRACES'), logs: wanted('LOGS') }
}
