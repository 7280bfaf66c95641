import type { LogRecord } from './log-record.ts'

type Resource = Readonly<Record<string, string>>

/** One line by OpenTelemetry's log data model, its fields named as collectors name them. */
export function asOtel(record: LogRecord, resource: Resource): string {
  const { time, severityText, severityNumber, body, traceId, spanId, traceFlags, attributes } = record
  return JSON.stringify({
    timestamp: new Date(time).toISOString(),
    severity_text: severityText,
    severity_number: severityNumber,
    body,
    ...(traceId ? { trace_id: traceId, span_id: spanId, trace_flags: traceFlags } : {}),
    resource,
    attributes,
  })
}

/** What ECS calls what OpenTelemetry calls otherwise; all other names are shared, or Tenantry's own. */
const ecsNames: Readonly<Record<string, string>> = {
  'exception.message': 'error.message',
  'exception.stacktrace': 'error.stack_trace',
  'exception.type': 'error.type',
  'error.type': 'error.code',
}
const outcomes: Readonly<Record<string, string>> = { succeeded: 'success', failed: 'failure' }

/** One line by the Elastic Common Schema. */
export function asEcs(record: LogRecord, resource: Resource): string {
  const { time, severityText, body, traceId, spanId, attributes } = record
  const { 'service.instance.id': instance, ...service } = resource
  const outcome = attributes['tenantry.outcome']
  return JSON.stringify({
    '@timestamp': new Date(time).toISOString(),
    'log.level': severityText.toLowerCase(),
    message: body,
    'ecs.version': '8.17.0',
    ...service,
    'service.node.name': instance,
    ...(traceId ? { 'trace.id': traceId, 'span.id': spanId } : {}),
    ...(outcome === undefined ? {} : { 'event.outcome': outcomes[String(outcome)] ?? 'unknown' }),
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [ecsNames[name] ?? name, value])),
  })
}

/** pino's levels in the severities of RFC 5424, by OpenTelemetry's numbers. */
const severityOf = (number: number) =>
  number >= 21 ? 2 : number >= 17 ? 3 : number >= 13 ? 4 : number >= 9 ? 6 : 7
/** Facility 3: system daemons. */
const facility = 3
/** Header fields are printable ASCII without blanks, `-` where there is nothing to say. */
const field = (text: string, most: number) => text.replace(/[^!-~]/g, '').slice(0, most) || '-'

/** One message of RFC 5424, whose text is the line by OpenTelemetry. */
export function asSyslog(record: LogRecord, resource: Resource): string {
  const priority = facility * 8 + severityOf(record.severityNumber)
  const host = field(resource['host.name'] ?? '', 255)
  const app = field(resource['service.name'] ?? '', 48)
  return `<${priority}>1 ${new Date(record.time).toISOString()} ${host} ${app} ${process.pid} - - ${asOtel(record, resource)}`
}
