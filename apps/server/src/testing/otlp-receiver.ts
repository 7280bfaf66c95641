import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import protobuf from 'protobufjs'

/** Field numbers and types of OTLP 1.x, as far as traces and logs need them: name → [number, type]. */
const messages: Record<string, Record<string, readonly [number, string]>> = {
  ExportTraceServiceRequest: { resourceSpans: [1, '*ResourceSpans'] },
  ResourceSpans: { resource: [1, 'Resource'], scopeSpans: [2, '*ScopeSpans'], schemaUrl: [3, 'string'] },
  ScopeSpans: { scope: [1, 'Scope'], spans: [2, '*Span'], schemaUrl: [3, 'string'] },
  Span: {
    traceId: [1, 'bytes'],
    spanId: [2, 'bytes'],
    traceState: [3, 'string'],
    parentSpanId: [4, 'bytes'],
    name: [5, 'string'],
    kind: [6, 'int32'],
    startTimeUnixNano: [7, 'fixed64'],
    endTimeUnixNano: [8, 'fixed64'],
    attributes: [9, '*KeyValue'],
    droppedAttributesCount: [10, 'uint32'],
    events: [11, '*Event'],
    droppedEventsCount: [12, 'uint32'],
    links: [13, '*Link'],
    droppedLinksCount: [14, 'uint32'],
    status: [15, 'Status'],
    flags: [16, 'fixed32'],
  },
  Event: { timeUnixNano: [1, 'fixed64'], name: [2, 'string'], attributes: [3, '*KeyValue'] },
  Link: { traceId: [1, 'bytes'], spanId: [2, 'bytes'], attributes: [4, '*KeyValue'], flags: [6, 'fixed32'] },
  Status: { message: [2, 'string'], code: [3, 'int32'] },
  ExportLogsServiceRequest: { resourceLogs: [1, '*ResourceLogs'] },
  ResourceLogs: { resource: [1, 'Resource'], scopeLogs: [2, '*ScopeLogs'], schemaUrl: [3, 'string'] },
  ScopeLogs: { scope: [1, 'Scope'], logRecords: [2, '*LogRecord'], schemaUrl: [3, 'string'] },
  LogRecord: {
    timeUnixNano: [1, 'fixed64'],
    severityNumber: [2, 'int32'],
    severityText: [3, 'string'],
    body: [5, 'AnyValue'],
    attributes: [6, '*KeyValue'],
    droppedAttributesCount: [7, 'uint32'],
    flags: [8, 'fixed32'],
    traceId: [9, 'bytes'],
    spanId: [10, 'bytes'],
    observedTimeUnixNano: [11, 'fixed64'],
    eventName: [12, 'string'],
  },
  Resource: { attributes: [1, '*KeyValue'], droppedAttributesCount: [2, 'uint32'] },
  Scope: {
    name: [1, 'string'],
    version: [2, 'string'],
    attributes: [3, '*KeyValue'],
    droppedAttributesCount: [4, 'uint32'],
  },
  KeyValue: { key: [1, 'string'], value: [2, 'AnyValue'] },
  AnyValue: {
    stringValue: [1, 'string'],
    boolValue: [2, 'bool'],
    intValue: [3, 'int64'],
    doubleValue: [4, 'double'],
    arrayValue: [5, 'ArrayValue'],
    kvlistValue: [6, 'KeyValueList'],
    bytesValue: [7, 'bytes'],
  },
  ArrayValue: { values: [1, '*AnyValue'] },
  KeyValueList: { values: [1, '*KeyValue'] },
}

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [
      name,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, [id, type]]) => [
            field,
            { id, type: type.replace('*', ''), ...(type.startsWith('*') ? { rule: 'repeated' } : {}) },
          ]),
        ),
      },
    ]),
  ),
})

export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly name: string
  readonly kind: number
  readonly failed: boolean
  readonly resource: Record<string, unknown>
  readonly attributes: Record<string, unknown>
}

export interface ReceivedLog {
  readonly traceId: string
  readonly spanId: string
  readonly severityNumber: number
  readonly body: unknown
  readonly resource: Record<string, unknown>
  readonly attributes: Record<string, unknown>
}

/** A collector that takes nothing that is not OTLP over HTTP to the letter, and keeps what it gets. */
export async function startOtlpReceiver() {
  const spans: ReceivedSpan[] = []
  const logs: ReceivedLog[] = []
  const faults: string[] = []
  const headers: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    try {
      headers.push(request.headers)
      const body = await read(request)
      if (request.method !== 'POST') throw new Error(`method ${request.method}`)
      if (request.headers['content-type'] !== 'application/x-protobuf') {
        throw new Error(`content-type ${request.headers['content-type']}`)
      }
      if (request.url === '/v1/traces') takeSpans(spans, decode('ExportTraceServiceRequest', body))
      else if (request.url === '/v1/logs') takeLogs(logs, decode('ExportLogsServiceRequest', body))
      else throw new Error(`path ${request.url}`)
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    } catch (error) {
      faults.push(String(error))
      response.writeHead(400).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    logs,
    /** What was not as it must be. */
    faults,
    headers,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** @throws when it holds a field that OTLP has not, at any depth */
function decode(type: string, body: Buffer): Tree {
  const message = root.lookupType(type)
  refuseUnknown(message, protobuf.Reader.create(body), body.length)
  return message.toObject(message.decode(body), {
    longs: String,
    bytes: Buffer,
    defaults: true,
    arrays: true,
  })
}

function refuseUnknown(message: protobuf.Type, reader: protobuf.Reader, end: number): void {
  while (reader.pos < end) {
    const tag = reader.uint32()
    const field = message.fieldsById[tag >>> 3]
    if (!field) throw new Error(`${message.name} has no field ${tag >>> 3}`)
    const inner = field.resolve().resolvedType
    if (inner instanceof protobuf.Type) {
      const length = reader.uint32()
      refuseUnknown(inner, reader, reader.pos + length)
    } else reader.skipType(tag & 7)
  }
}

interface Tree {
  // biome-ignore lint/suspicious/noExplicitAny: as deep as OTLP's messages
  [name: string]: any
}

function takeSpans(into: ReceivedSpan[], { resourceSpans }: Tree): void {
  for (const { resource, scopeSpans } of resourceSpans) {
    for (const { spans } of scopeSpans) {
      for (const span of spans as Tree[]) {
        if (!span.name || !span.kind) throw new Error('a span without name or kind')
        if (BigInt(span.endTimeUnixNano) < BigInt(span.startTimeUnixNano))
          throw new Error('ends before it begins')
        into.push({
          traceId: id(span.traceId, 16),
          spanId: id(span.spanId, 8),
          parentSpanId: span.parentSpanId.length ? id(span.parentSpanId, 8) : '',
          name: span.name,
          kind: span.kind,
          failed: span.status?.code === 2,
          resource: plain(resource.attributes),
          attributes: plain(span.attributes),
        })
      }
    }
  }
}

function takeLogs(into: ReceivedLog[], { resourceLogs }: Tree): void {
  for (const { resource, scopeLogs } of resourceLogs) {
    for (const { logRecords } of scopeLogs) {
      for (const line of logRecords as Tree[]) {
        if (line.severityNumber < 1 || line.severityNumber > 24) throw new Error('a line without severity')
        if (line.timeUnixNano === '0') throw new Error('a line without time')
        into.push({
          traceId: line.traceId.length ? id(line.traceId, 16) : '',
          spanId: line.spanId.length ? id(line.spanId, 8) : '',
          severityNumber: line.severityNumber,
          body: readValue(line.body),
          resource: plain(resource.attributes),
          attributes: plain(line.attributes),
        })
      }
    }
  }
}

function id(bytes: Buffer, length: number): string {
  if (bytes.length !== length || bytes.every((byte) => byte === 0)) throw new Error('an id that is none')
  return bytes.toString('hex')
}

function plain(attributes: Tree[]): Record<string, unknown> {
  const keys = attributes.map(({ key }) => key)
  if (new Set(keys).size !== keys.length) throw new Error(`attributes twice: ${keys}`)
  return Object.fromEntries(attributes.map(({ key, value }) => [key, readValue(value)]))
}

function readValue(value: Tree | null): unknown {
  if (!value) return undefined
  if (value.kvlistValue) return plain(value.kvlistValue.values)
  if (value.arrayValue) return value.arrayValue.values.map(readValue)
  if (value.intValue !== undefined && value.intValue !== null && value.intValue !== '0')
    return Number(value.intValue)
  return value.stringValue || value.doubleValue || value.boolValue || Number(value.intValue ?? 0)
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}
