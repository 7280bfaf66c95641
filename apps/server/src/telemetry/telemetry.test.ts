import { createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startOtlpReceiver } from '../testing/otlp-receiver.ts'
import { type ServerProcess, spawnServer } from '../testing/spawn-server.ts'
import { exportsWanted } from './open-telemetry.ts'

const traceId = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const callersSpan = '1122334455667788'
const password = 'correct horse battery staple'

let collector: Awaited<ReturnType<typeof startOtlpReceiver>>
let databases: TestDatabase[]
let server: ServerProcess
let operationId: string
let replied: Headers
let printed: Record<string, unknown>[]

beforeAll(async () => {
  collector = await startOtlpReceiver()
  databases = [await createTestDatabase(), await createTestDatabase()]
  server = spawnServer({
    DATABASE_URL: databases[0]?.url ?? '',
    TENANTRY_CLUSTER_URL: databases[1]?.url ?? '',
    TENANTRY_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
    TENANTRY_LOG_FORMAT: 'json',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=of-the-collector',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_SERVICE_NAME: 'tenantry-test',
  })
  const { address, email = '', password: first = '' } = await server.ready
  let cookie = ''
  const tell = async (path: string, input: object, headers = {}) => {
    const response = await fetch(`${address}/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenantry': '1', cookie, ...headers },
      body: JSON.stringify(input),
    })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    replied = response.headers
    // biome-ignore lint/suspicious/noExplicitAny: each procedure answers in its own shape
    return ((await response.json()) as any).result.data
  }
  await tell('session.signIn', { email, password: first })
  await tell('session.changePassword', { current: first, next: password })
  await tell('session.signIn', { email, password })
  const migrations = [{ version: 1, name: 'book', sql: 'create table book (id int primary key)' }]
  const template = { idempotencyKey: 'publish-library', slug: 'library', name: 'Library', description: '' }
  const asked = await tell(
    'templates.publish',
    { ...template, migrations, seed: '' },
    { traceparent: `00-${traceId}-${callersSpan}-01` },
  )
  operationId = asked.operationId
  await vi.waitFor(() => expect(server.output()).toContain('"outcome":"succeeded"'), { timeout: 30_000 })
  // The end of the process sends what is left.
  server.kill('SIGTERM')
  await server.ended
  printed = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
})
afterAll(async () => {
  server.kill('SIGKILL')
  await server.ended
  for (const database of databases) await database.drop()
  await collector.close()
})

const span = (name: string) =>
  collector.spans.filter((each) => each.name === name && each.traceId === traceId)

describe('a request that names its trace', () => {
  it('is exported as the caller’s child, and so are the call, the operation and each of its steps', () => {
    expect(collector.faults).toEqual([])
    const [request] = span('POST /trpc/:path')
    const [call] = span('tenantry.mutation')
    const [operation] = span('tenantry.operation')
    const steps = span('tenantry.step')
    expect(request).toMatchObject({ parentSpanId: callersSpan, kind: 2, failed: false })
    expect(call).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: { 'rpc.method': 'templates.publish' },
    })
    expect(operation).toMatchObject({
      parentSpanId: call?.spanId,
      kind: 5,
      attributes: {
        'tenantry.operation.id': operationId,
        'tenantry.operation.kind': 'template.build',
        'tenantry.operation.attempt': 1,
        'tenantry.outcome': 'succeeded',
      },
    })
    expect(steps.map(({ attributes }) => attributes['tenantry.step.name']).sort()).toEqual([
      'build',
      'inspect',
    ])
    for (const step of steps) expect(step.parentSpanId).toBe(operation?.spanId)
  })

  it('is answered with the span that it became', () => {
    expect(replied.get('traceparent')).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  })
})

describe('the log', () => {
  it('carries trace, span and operation in every line of the operation’s work, printed and exported', () => {
    const lines = printed.filter((line) => line['tenantry.operation.id'] === operationId)
    expect(lines.map(({ msg }) => msg)).toContain('operation succeeded')
    for (const line of lines) expect(line).toMatchObject({ trace_id: traceId, span_id: expect.any(String) })
    const [ended] = collector.logs.filter(({ body }) => body === 'operation succeeded')
    expect(ended).toMatchObject({
      traceId,
      spanId: span('tenantry.operation')[0]?.spanId,
      severityNumber: 9,
      attributes: { 'tenantry.operation.id': operationId, 'tenantry.operation.kind': 'template.build' },
    })
  })

  it('names the process as OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say, and sends the collector’s headers', () => {
    expect(collector.logs[0]?.resource).toMatchObject({
      'service.name': 'tenantry-test',
      'deployment.environment.name': 'test',
      'tenantry.role': 'all',
    })
    expect(collector.spans[0]?.resource).toEqual(collector.logs[0]?.resource)
    expect(collector.headers.every((each) => each['x-api-key'] === 'of-the-collector')).toBe(true)
    expect(collector.headers.every((each) => each['content-encoding'] === 'gzip')).toBe(true)
  })

  it('hands no password to the collector', () => {
    expect(JSON.stringify([collector.logs, collector.spans])).not.toContain(password)
  })
})

describe('what is exported', () => {
  const endpoint = 'http://collector:4318'
  it.each([
    [{}, { traces: false, logs: false }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, { traces: true, logs: true }],
    [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: endpoint }, { traces: false, logs: true }],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_EXPORTER: 'none' },
      { traces: false, logs: true },
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: 'true' },
      { traces: false, logs: false },
    ],
  ])('with %o is %o', (variables, wanted) => {
    expect(exportsWanted(variables)).toEqual(wanted)
  })
})
