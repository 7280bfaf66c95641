import { createOperationMetrics } from '@tenantry/core'
import { newId } from '@tenantry/db'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const scrape = async () => (await fetch(`${api.address}/metrics`)).text()
/** The value of a series, given as it is written. */
const reading = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  )

describe('the scrape', () => {
  it('tells how long ago the alert rules were evaluated, and nothing while they never were', async () => {
    expect(await scrape()).not.toMatch(/^tenantry_alert_evaluation_age_seconds /m)
    await api.control.pool.query(
      `insert into control.alert_evaluator (id, evaluated_at) values (1, clock_timestamp() - interval '90 seconds')`,
    )
    const age = reading(await scrape(), 'tenantry_alert_evaluation_age_seconds')
    expect(age).toBeGreaterThanOrEqual(90)
    expect(age).toBeLessThan(120)
  })

  it('tells of the fleet as the control database has it at that moment', async () => {
    for (const slug of ['one', 'two', 'three']) {
      await api.tell(
        'tenants.provision',
        {
          idempotencyKey: newId('op'),
          slug: `college-${slug}`,
          displayName: slug,
          templateId: api.templateId,
        },
        { as: 'operator' },
      )
    }
    const text = await scrape()
    expect(reading(text, 'tenantry_tenants{cluster="eu-1",state="provisioning"}')).toBe(3)
    expect(reading(text, 'tenantry_operations_queued{kind="tenant.provision"}')).toBe(3)
    expect(reading(text, 'tenantry_operations_running{kind="tenant.provision"}')).toBe(0)
    expect(reading(text, 'tenantry_operations_queued{kind="tenant.discard"}')).toBe(0)
    expect(
      reading(text, 'tenantry_operation_oldest_queued_seconds{kind="tenant.provision"}'),
    ).toBeGreaterThan(0)
    expect(reading(text, 'tenantry_cluster_up{cluster="eu-1"}')).toBe(1)
    expect([reading(text, 'tenantry_workers'), reading(text, 'tenantry_dead_letters')]).toEqual([0, 0])
    expect(reading(text, 'tenantry_build_info{version="0.1.0",revision="abc",node="test"}')).toBe(1)
    await api.control.pool.query("update control.tenant set state = 'failed' where slug = 'college-one'")
    await api.control.pool.query(`insert into control.worker (id, name) values ('wk_1', 'one:1'), ('wk_2', 'two:2');
      update control.worker set seen_at = now() - interval '1 minute' where id = 'wk_2'`)
    const later = await scrape()
    expect(reading(later, 'tenantry_tenants{cluster="eu-1",state="provisioning"}')).toBe(2)
    expect(reading(later, 'tenantry_tenants{cluster="eu-1",state="failed"}')).toBe(1)
    expect(reading(later, 'tenantry_workers')).toBe(1)
  })

  it('tells of requests by route, of sockets, the pool and the event loop', async () => {
    await api.connect('viewer')
    await api.ask('session.me', undefined, { as: 'viewer' })
    const text = await scrape()
    const route = 'http_request_method="GET",http_route="/trpc/:path",http_response_status_code="200"'
    expect(reading(text, `http_server_request_duration_seconds_count{${route}}`)).toBeGreaterThan(0)
    expect(reading(text, 'tenantry_realtime_connections')).toBe(1)
    expect(reading(text, 'db_client_connection_max')).toBe(10)
    expect(reading(text, 'db_client_connection_pending_requests')).toBe(0)
    expect(reading(text, 'db_client_connection_count{state="idle"}')).toBeGreaterThan(0)
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
  })

  it('tells what the reconciler has found, and when it last looked', async () => {
    const { clusterId } = api
    await api.control.pool.query(
      `insert into control.finding (id, kind, cluster_id, subject, detail)
         values ('fi_1', 'schema_unknown', '${clusterId}', 't_by_hand', '{"registry": {}, "cluster": {}}');
       insert into control.reconciliation (cluster_id, compared_at, took_ms)
         values ('${clusterId}', to_timestamp(1795000000), 250)`,
    )
    const text = await scrape()
    expect(reading(text, 'tenantry_findings{kind="schema_unknown",state="open"}')).toBe(1)
    expect(reading(text, 'tenantry_findings{kind="schema_missing",state="open"}')).toBe(0)
    expect(reading(text, 'tenantry_reconcile_duration_seconds{cluster="eu-1"}')).toBe(0.25)
    expect(reading(text, 'tenantry_reconcile_last_success_timestamp_seconds{cluster="eu-1"}')).toBe(
      1795000000,
    )
  })

  it('names no tenant', async () => {
    expect(await scrape()).not.toContain('college-')
  })
})

describe('operations', () => {
  it('are counted by kind and outcome, with how long they waited and took', async () => {
    const registry = new Registry()
    const metrics = createOperationMetrics(registry)
    metrics.began('tenant.provision', 0.2)
    metrics.stepped('tenant.provision', 'schema', 0.02)
    metrics.ended('tenant.provision', 'succeeded', 3)
    metrics.ended('tenant.provision', 'failed', 7)
    const text = await registry.metrics()
    expect(reading(text, 'tenantry_operations_total{kind="tenant.provision",outcome="succeeded"}')).toBe(1)
    expect(reading(text, 'tenantry_operations_total{kind="tenant.provision",outcome="failed"}')).toBe(1)
    const bucket = (le: string) =>
      `tenantry_operation_duration_seconds_bucket{le="${le}",kind="tenant.provision",outcome="succeeded"}`
    expect([reading(text, bucket('2.5')), reading(text, bucket('5'))]).toEqual([0, 1])
    expect(reading(text, 'tenantry_operation_queue_wait_seconds_sum{kind="tenant.provision"}')).toBe(0.2)
    expect(reading(text, 'tenantry_step_duration_seconds_count{kind="tenant.provision",step="schema"}')).toBe(
      1,
    )
  })
})

describe('with a token', () => {
  let guarded: TestApi
  beforeAll(async () => {
    guarded = await createTestApi({ metricsToken: 'a-long-secret' })
  })
  afterAll(() => guarded.close())

  it.each([
    ['no token', {}, 401],
    ['another token', { authorization: 'Bearer other' }, 401],
    ['the token', { authorization: 'Bearer a-long-secret' }, 200],
  ])('answers %s with its status', async (_, headers, status) => {
    expect((await fetch(`${guarded.address}/metrics`, { headers })).status).toBe(status)
  })
})
