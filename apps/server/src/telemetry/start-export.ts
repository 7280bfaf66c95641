import { type Attributes, DiagLogLevel, diag, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { LogRecord } from '../logging/log-record.ts'
import type { Telemetry, TelemetrySettings, Wanted } from './open-telemetry.ts'
import { samplerOf } from './sampler-of.ts'

interface ExportSettings {
  readonly resource: Telemetry['resource']
  readonly wanted: Wanted
  readonly variables: TelemetrySettings['variables']
}

/** Milliseconds that the end of the process waits for a collector that does not answer. */
const patienceMs = 3000

/**
 * Sends spans and log lines by OTLP over HTTP (protobuf), in batches beside the work. Endpoint, headers, compression,
 * timeout and certificates are read by the exporters from OTEL_EXPORTER_OTLP_*. What cannot be sent is dropped.
 */
export function startExport({
  resource: own,
  wanted,
  variables,
}: ExportSettings): Pick<Telemetry, 'emit' | 'close'> {
  const resource = resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] }))
  tellOfFaults()
  const tracers = wanted.traces
    ? new TracerProvider({
        resource,
        sampler: samplerOf(variables),
        spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
      })
    : undefined
  if (tracers) trace.setGlobalTracerProvider(tracers)
  const loggers = wanted.logs
    ? new LoggerProvider({
        resource,
        processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })],
      })
    : undefined
  const logger = loggers?.getLogger('tenantry')
  return {
    ...(logger ? { emit: (record: LogRecord) => logger.emit(toOtel(record)) } : {}),
    async close() {
      const given = Promise.allSettled([tracers?.shutdown(), loggers?.shutdown()])
      await Promise.race([given, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())])
    },
  }
}

/** In the SDK's words; the trace is the line's own and not that of whoever writes it out. */
function toOtel({
  time,
  severityNumber,
  severityText,
  body,
  attributes,
  traceId,
  spanId,
  traceFlags,
}: LogRecord) {
  return {
    timestamp: time,
    severityNumber,
    severityText,
    body,
    attributes: attributes as Attributes,
    context:
      traceId && spanId
        ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: traceFlags ?? TraceFlags.NONE })
        : ROOT_CONTEXT,
  }
}

/** A collector that is away is said on stderr, where it cannot come back as a line to be exported. At most once a minute. */
function tellOfFaults(): void {
  let quietUntil = 0
  const say = (message: string) => {
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + 60_000
    console.error(`telemetry is not exported: ${message.slice(0, 500)}`)
  }
  const silent = () => {}
  diag.setLogger(
    { error: say, warn: say, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}
