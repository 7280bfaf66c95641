import { context, isSpanContextValid, trace } from '@opentelemetry/api'
import { carriedAttributes } from '@tenantry/core'
import pino, { type Logger } from 'pino'
import { errorForLog } from './error-for-log.ts'
import type { LogFormat } from './log-formats.ts'
import { type LogRecord, toLogRecord } from './log-record.ts'
import { asEcs, asOtel } from './write-record.ts'

/** Paths that never reach the log in clear. */
const secrets = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'connectionString',
  'url',
  'verifier',
]

export interface LogSettings {
  readonly level: string
  readonly format: LogFormat
  readonly role: string
  /** What this process is, by OpenTelemetry's names. */
  readonly resource: Readonly<Record<string, string>>
  /** Who else hears every line. */
  readonly listeners: readonly ((record: LogRecord) => void)[]
  /** Where lines go; stdout when left out. */
  readonly destination?: { write(line: string): unknown }
}

/**
 * One line an entry, with the ids of the trace and the operation that it belongs to. Secrets are cut out at any depth
 * that our own code logs, before anybody hears of them.
 */
export function openLogger({ level, format, role, resource, listeners, destination }: LogSettings): Logger {
  const out = destination ?? (format === 'pretty' ? prettyStream() : stdout())
  const written = { otel: asOtel, ecs: asEcs, json: undefined, pretty: undefined }[format]
  const write = (line: string) => {
    const record = written || listeners.length ? toLogRecord(line) : undefined
    out.write(written && record ? `${written(record, resource)}\n` : line)
    if (record) for (const listen of listeners) listen(record)
  }
  return pino(
    {
      level,
      base: { service: 'tenantry', role },
      timestamp: pino.stdTimeFunctions.isoTime,
      ...(format === 'pretty' && !listeners.length ? {} : { mixin: aroundTheLine }),
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: errorForLog, error: errorForLog },
    },
    { write },
  )
}

/** Where in which trace a line was written, and for which operation. */
function aroundTheLine(): Record<string, unknown> {
  const span = trace.getSpanContext(context.active())
  if (!span || !isSpanContextValid(span)) return {}
  return {
    trace_id: span.traceId,
    span_id: span.spanId,
    trace_flags: span.traceFlags.toString(16).padStart(2, '0'),
    ...carriedAttributes(),
  }
}

function stdout() {
  const stream = pino.destination(1)
  // A terminal that is gone takes the log with it, not the process, which has things to close.
  stream.on('error', () => {})
  return stream
}

function prettyStream() {
  const stream = pino.transport({
    target: 'pino-pretty',
    options: {
      ignore: 'pid,hostname,service,role,trace_id,span_id,trace_flags',
      translateTime: 'HH:MM:ss',
    },
  })
  stream.on('error', () => {})
  return stream
}
