/** A line of the log in OpenTelemetry's log data model. */
export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly severityText: string
  readonly severityNumber: number
  readonly body: string
  readonly traceId?: string
  readonly spanId?: string
  readonly traceFlags?: number
  readonly attributes: Readonly<Record<string, unknown>>
}

/** pino's levels in OpenTelemetry's numbers. */
const severities: Readonly<Record<number, readonly [string, number]>> = {
  10: ['TRACE', 1],
  20: ['DEBUG', 5],
  30: ['INFO', 9],
  40: ['WARN', 13],
  50: ['ERROR', 17],
  60: ['FATAL', 21],
}

/** What our lines call things, by the semantic conventions where they have a name for it. */
const names: Readonly<Record<string, string>> = {
  operation: 'tenantry.operation.id',
  kind: 'tenantry.operation.kind',
  attempt: 'tenantry.operation.attempt',
  tenant: 'tenantry.tenant.id',
  request: 'tenantry.request.id',
  requestId: 'tenantry.request.id',
  worker: 'tenantry.worker.id',
  cluster: 'tenantry.cluster.name',
}
/** The same, of a line that tells of a request. */
const requestNames: Readonly<Record<string, string>> = {
  method: 'http.request.method',
  path: 'url.path',
  status: 'http.response.status_code',
  address: 'client.address',
}
/** Said of the process and not of the line. */
const ofTheProcess = new Set([
  'level',
  'time',
  'msg',
  'service',
  'role',
  'trace_id',
  'span_id',
  'trace_flags',
])

/** @param line as pino writes it, with secrets cut out already */
export function toLogRecord(line: string): LogRecord {
  const entry = JSON.parse(line) as Record<string, unknown>
  const [severityText, severityNumber] = severities[Number(entry.level)] ?? ['INFO', 9]
  const isRequest = 'method' in entry && 'status' in entry
  const attributes: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(entry)) {
    if (ofTheProcess.has(key) || value === undefined || value === null) continue
    if (key === 'err' || key === 'error') Object.assign(attributes, ofError(value))
    else attributes[(isRequest && requestNames[key]) || nameOf(key)] = value
  }
  const { trace_id: traceId, span_id: spanId, trace_flags: flags } = entry
  return {
    time: Date.parse(String(entry.time)),
    severityText,
    severityNumber,
    body: String(entry.msg ?? ''),
    ...(typeof traceId === 'string' && typeof spanId === 'string'
      ? { traceId, spanId, traceFlags: Number.parseInt(String(flags), 16) || 0 }
      : {}),
    attributes,
  }
}

const nameOf = (key: string) => names[key] ?? (key.includes('.') ? key : `tenantry.${key}`)

function ofError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { 'exception.message': String(error) }
  const { type, message, stack, ...more } = error as Record<string, unknown>
  return {
    'exception.type': type ?? 'Error',
    ...(message === undefined ? {} : { 'exception.message': message }),
    ...(stack === undefined ? {} : { 'exception.stacktrace': stack }),
    'error.type': more.code ?? type ?? 'Error',
    ...(Object.keys(more).length ? { 'tenantry.error': more } : {}),
  }
}
