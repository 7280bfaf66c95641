import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { withSpan } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameSpans } from '../telemetry/name-spans.ts'
import type { LogFormat } from './log-formats.ts'
import type { LogRecord } from './log-record.ts'
import { openLogger } from './open-logger.ts'

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(nameSpans)
})
afterAll(() => {
  context.disable()
  trace.disable()
})

const resource = {
  'service.name': 'tenantry',
  'service.version': '0.1.0',
  'service.instance.id': 'node:1',
  'host.name': 'node',
}

/** A logger, with what it has written and told. */
function open(format: LogFormat) {
  const lines: string[] = []
  const heard: LogRecord[] = []
  const log = openLogger({
    level: 'debug',
    format,
    role: 'worker',
    resource,
    listeners: [(record) => heard.push(record)],
    destination: { write: (line: string) => lines.push(line) },
  })
  return { log, heard, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') }
}

const operation = {
  attributes: { 'tenantry.operation.id': 'op_1', 'tenantry.operation.kind': 'tenant.move' },
}

describe('a line', () => {
  it('follows OpenTelemetry’s log data model', async () => {
    const { log, last } = open('otel')
    await withSpan('tenantry.operation', operation, async () => log.info({ outcome: 'succeeded' }, 'done'))
    expect(last()).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      severity_text: 'INFO',
      severity_number: 9,
      body: 'done',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      trace_flags: 0,
      resource,
      attributes: {
        'tenantry.operation.id': 'op_1',
        'tenantry.operation.kind': 'tenant.move',
        'tenantry.outcome': 'succeeded',
      },
    })
  })

  it('follows the Elastic Common Schema', async () => {
    const { log, last } = open('ecs')
    const err = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
    await withSpan('tenantry.operation', operation, async () => log.error({ err, outcome: 'failed' }, 'no'))
    expect(last()).toMatchObject({
      '@timestamp': expect.any(String),
      'log.level': 'error',
      message: 'no',
      'service.name': 'tenantry',
      'service.node.name': 'node:1',
      'trace.id': expect.stringMatching(/^[0-9a-f]{32}$/),
      'span.id': expect.any(String),
      'event.outcome': 'failure',
      'error.type': 'Error',
      'error.code': 'ECONNREFUSED',
      'error.message': 'connection refused',
      'error.stack_trace': expect.stringContaining('open-logger.test'),
      'tenantry.operation.id': 'op_1',
    })
  })

  it('is flat as json, with the same ids', async () => {
    const { log, last } = open('json')
    await withSpan('tenantry.operation', operation, async () => log.warn({ seconds: 2 }, 'slow'))
    expect(last()).toMatchObject({
      msg: 'slow',
      seconds: 2,
      trace_id: expect.any(String),
      'tenantry.operation.id': 'op_1',
    })
  })

  it('keeps the ids of the operation inside its steps, and has none outside of any', async () => {
    const { log, heard } = open('otel')
    await withSpan('tenantry.operation', operation, async () => {
      log.info('operation')
      await withSpan('tenantry.step', { attributes: { 'tenantry.step.name': 'seed' } }, async () =>
        log.info('step'),
      )
    })
    log.info('outside')
    const [around, inside, outside] = heard
    expect(inside?.traceId).toBe(around?.traceId)
    expect(inside?.spanId).not.toBe(around?.spanId)
    expect(inside?.attributes).toMatchObject({
      'tenantry.operation.id': 'op_1',
      'tenantry.step.name': 'seed',
    })
    expect(outside?.traceId).toBeUndefined()
    expect(outside?.attributes).toEqual({})
  })

  it('of a request has the names of HTTP', () => {
    const { log, last } = open('otel')
    log.info(
      { method: 'GET', path: '/trpc/fleet', status: 200, seconds: 0.01, address: '::1', requestId: 'r' },
      'request',
    )
    expect(last().attributes).toEqual({
      'http.request.method': 'GET',
      'url.path': '/trpc/fleet',
      'http.response.status_code': 200,
      'client.address': '::1',
      'tenantry.request.id': 'r',
      'tenantry.seconds': 0.01,
    })
  })
})

describe.each(['otel', 'ecs', 'json'] as const)('secrets as %s', (format) => {
  it.each([
    ['at the top', { password: 'hunter2' }],
    ['one below', { input: { token: 'hunter2' } }],
    ['two below', { call: { headers: { authorization: 'hunter2', cookie: 'hunter2' } } }],
    ['in a connection string', { cluster: { url: 'postgres://a:hunter2@b/c' } }],
    ['in a query’s parameters', { err: new Error('Failed query: insert\nparams: hunter2') }],
  ])('%s reach neither the line nor who listens', (_, entry) => {
    const { log, lines, heard } = open(format)
    log.info(entry, 'look')
    expect(lines.join()).toContain('look')
    expect(lines.join() + JSON.stringify(heard)).not.toContain('hunter2')
  })

  it('are cut out of what a child logger always says', () => {
    const { log, lines, heard } = open(format)
    log.child({ token: 'hunter2' }).info('look')
    expect(lines.join() + JSON.stringify(heard)).not.toContain('hunter2')
  })
})
