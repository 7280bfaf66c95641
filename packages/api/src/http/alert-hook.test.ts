import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
let token: string
let sourceId: string
beforeAll(async () => {
  api = await createTestApi()
  const added = await api.tell('channels.addSource', { name: 'Prometheus' }, { as: 'admin' })
  ;({ token, sourceId } = added.body.result.data)
})
afterAll(() => api.close())

const instance = (name: string, status: 'firing' | 'resolved' = 'firing', severity = 'page') => ({
  status,
  labels: { alertname: 'InstanceDown', instance: name, job: 'node', severity, cluster: 'eu-1' },
  annotations: {
    description: `${name} of job node has been down for more than 5 minutes.`,
    summary: `${name} down`,
  },
  startsAt: '2026-11-22T10:00:15.123Z',
  endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : '2026-11-22T10:10:15.123Z',
  generatorURL: 'http://prometheus.example.org:9090/graph?g0.expr=up',
  fingerprint: `5ef77f1f8a3ecfe8${name}`,
})
/** As Alertmanager 0.28 writes it. */
const payload = (alerts: ReturnType<typeof instance>[], over: Record<string, unknown> = {}) => ({
  receiver: 'tenantry',
  status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
  alerts,
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: { alertname: 'InstanceDown', job: 'node' },
  commonAnnotations: { runbook_url: 'https://runbooks.example.org/instance-down' },
  externalURL: 'http://alertmanager.example.org:9093',
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  ...over,
})
const deliver = (body: unknown, bearer = token) =>
  fetch(`${api.address}/hooks/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify(body),
  })
const incidents = async () =>
  (await api.control.pool.query('select * from control.incident order by started_at, id')).rows

describe('alerts from an Alertmanager outside', () => {
  it('need the token of their source, of which only the hash is kept', async () => {
    expect((await deliver(payload([instance('a')]), 'tnt_am_wrong-wrong-wrong-wrong')).status).toBe(401)
    expect((await fetch(`${api.address}/hooks/alertmanager`, { method: 'POST', body: '{}' })).status).toBe(
      401,
    )
    const { rows } = await api.control.pool.query('select token_hash from control.alert_source')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await incidents()).toEqual([])
  })

  it('become one incident a group, however often they are delivered, and are over with the last of them', async () => {
    await Promise.all(Array.from({ length: 4 }, () => deliver(payload([instance('a')]))))
    expect(await incidents()).toMatchObject([
      {
        state: 'firing',
        severity: 'critical',
        source: sourceId,
        firing: '1',
        epoch: '1',
        title: 'InstanceDown: a down',
      },
    ])
    await deliver(payload([instance('a'), instance('b')]))
    expect(await incidents()).toMatchObject([{ firing: '2', total: '2', epoch: '2' }])
    await deliver(payload([instance('a', 'resolved'), instance('b')]))
    expect(await incidents()).toMatchObject([{ state: 'firing', firing: '1', epoch: '2' }])
    await deliver(payload([instance('b', 'resolved')]))
    await deliver(payload([instance('b', 'resolved')]))
    expect(await incidents()).toMatchObject([{ state: 'resolved', firing: '0', epoch: '3' }])
  })

  it('are of the cluster and the tenant that their labels name', async () => {
    const { rows } = await api.control.pool.query('select distinct cluster_id from control.alert')
    expect(rows).toEqual([{ cluster_id: api.clusterId }])
  })

  it('get worse without a new incident', async () => {
    const group = { groupKey: 'worse' }
    await deliver(payload([instance('w', 'firing', 'warning')], group))
    await deliver(payload([instance('w', 'firing', 'critical')], group))
    expect((await incidents()).find(({ group_key: key }) => key.endsWith(':worse'))).toMatchObject({
      severity: 'critical',
      epoch: '2',
    })
  })

  it.each([
    ['no JSON object', 'x'],
    ['another version', payload([instance('x')], { version: '3' })],
    ['no group', payload([instance('x')], { groupKey: undefined })],
    ['a time that is none', payload([{ ...instance('x'), startsAt: 'yesterday' }])],
    ['a character that cannot be kept', payload([instance('x')], { groupKey: 'a\0b' })],
  ])('are refused whole when they are %s', async (_, body) => {
    const before = await incidents()
    expect((await deliver(body)).status).toBe(400)
    expect(await incidents()).toEqual(before)
  })

  it('are let in no more once the source is removed', async () => {
    await api.tell('channels.removeSource', { sourceId }, { as: 'admin' })
    expect((await deliver(payload([instance('a')]))).status).toBe(401)
  })
})
