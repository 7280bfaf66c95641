import type { ErrorCode, OperationError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  beginUndo,
  cancelOperation,
  claimOperation,
  createOperationMetrics,
  discardTenant,
  endCancelled,
  holdOperation,
  postponeOperation,
  readCancelRequests,
  runVerb,
  succeedOperation,
} from '../index.ts'
import { askCore, failure, nothing, refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())
const refused = (code: ErrorCode) => expect.objectContaining(refusal(code))
const cancel = (operationId: string, graceSeconds?: number) =>
  runVerb(test.core, test.ana, cancelOperation, { operationId, graceSeconds })
const stateOf = async (id: string) =>
  (await ask.rows(`select state from control.operation where id = '${id}'`))[0].state
const tenantStateOf = async (id: string | null) =>
  (await ask.rows(`select state from control.tenant where id = '${id}'`))[0].state
const outcomes = async (id: string) => (await ask.auditOf(id)).map((row) => row.outcome)
const lockTimeout: OperationError = { ...failure, class: 'retry', step: 'schema' }

describe('cancelling', () => {
  it('stops a queued operation at once, ends its audit trail, and leaves the tenant to be retried', async () => {
    const { operationId, tenantId } = await ask.provision()
    expect(await cancel(operationId)).toEqual({ operationId, state: 'cancelled', forceAt: null })
    expect(await outcomes(operationId)).toEqual(['requested', 'cancelled'])
    expect(await tenantStateOf(tenantId)).toBe('failed')
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
  })

  it('counts a queued one like those that a worker ends, and never one whose request was rolled back', async () => {
    const registry = new Registry()
    const core = { ...test.core, metrics: createOperationMetrics(registry) }
    const counted = async () =>
      (await registry.getSingleMetric('tenantry_operations_total')?.get())?.values.map(({ value }) => value)
    const { operationId } = await ask.provision()
    await test.control.pool.query('revoke insert on control.audit from tenantry_runtime')
    try {
      await expect(runVerb(core, test.ana, cancelOperation, { operationId })).rejects.toBeInstanceOf(Error)
    } finally {
      await test.control.pool.query('grant insert on control.audit to tenantry_runtime')
    }
    expect(await counted()).toEqual([])
    await runVerb(core, test.ana, cancelOperation, { operationId })
    expect(await counted()).toEqual([1])
  })

  it('asks the worker of a running one to stop, and says when it is forced to', async () => {
    const { operationId } = await ask.provision()
    await ask.claim(operationId)
    expect(await readCancelRequests(test.core, [operationId])).toEqual([])
    const answer = await cancel(operationId, 60)
    expect(answer).toMatchObject({ state: 'stopping', forceAt: expect.any(Date) })
    const [heard] = await readCancelRequests(test.core, [operationId])
    expect(heard?.id).toBe(operationId)
    expect(heard?.forceInMs).toBeGreaterThan(50_000)
    expect(heard?.forceInMs).toBeLessThanOrEqual(60_000)
    expect(await stateOf(operationId)).toBe('running')
  })

  it('by two people at once is one request: the first stays, and force only comes nearer', async () => {
    const { operationId } = await ask.provision()
    await ask.claim(operationId)
    await Promise.all([cancel(operationId, 300), cancel(operationId, 20), cancel(operationId, 600)])
    const [first] = await ask.rows(
      `select cancel_requested_at, extract(epoch from cancel_force_at - now())::float as left
       from control.operation where id = '${operationId}'`,
    )
    expect(first.left).toBeLessThanOrEqual(20)
    expect(first.left).toBeGreaterThan(10)
    await cancel(operationId, 0)
    const [heard] = await readCancelRequests(test.core, [operationId])
    expect(heard?.forceInMs).toBe(0)
    expect(
      await ask.rows(`select cancel_requested_at from control.operation where id = '${operationId}'`),
    ).toEqual([{ cancel_requested_at: first.cancel_requested_at }])
  })

  it('ends with one terminal audit row when all is taken back', async () => {
    const { operationId, tenantId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await cancel(operationId)
    const error: OperationError = { ...failure, code: 'cancelled', class: 'cancelled' }
    await beginUndo(test.core, claimed, error, nothing)
    await expect(cancel(operationId)).rejects.toEqual(refused('unlawful_transition'))
    await endCancelled(test.core, claimed, error, nothing)
    expect(await outcomes(operationId)).toEqual(['requested', 'cancelled'])
    expect(await stateOf(operationId)).toBe('cancelled')
    expect(await tenantStateOf(tenantId)).toBe('provisioning')
  })

  it('loses against the last step when that is done first', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await cancel(operationId)
    await succeedOperation(test.core, claimed, {}, nothing)
    expect(await outcomes(operationId)).toEqual(['requested', 'succeeded'])
    await expect(cancel(operationId)).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: 'It has ended.',
    })
  })

  it('wakes one that waits, so that what it has done is taken back now', async () => {
    const { operationId } = await ask.provision()
    await postponeOperation(test.core, await ask.claim(operationId), lockTimeout, 60_000, nothing)
    await ask.rows('delete from pgboss.job')
    expect(await cancel(operationId)).toMatchObject({ state: 'stopping' })
    expect(
      await ask.rows(`select priority from pgboss.job where data->>'operationId' = '${operationId}'
        and start_after <= now()`),
    ).toHaveLength(1)
    expect((await ask.claim(operationId)).operation.cancelRequestedAt).toBeInstanceOf(Date)
  })

  it('leaves no backoff to one that was postponed after it had been asked to stop', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await cancel(operationId)
    await postponeOperation(test.core, claimed, lockTimeout, 60_000, nothing)
    expect((await ask.claim(operationId)).operation.cancelRequestedAt).toBeInstanceOf(Date)
  })

  it('stops at once what waits and never came further than looking', async () => {
    const { operationId, tenantId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await looked(operationId, 'place', 'failed')
    await postponeOperation(test.core, claimed, { ...lockTimeout, class: 'outage' }, 60_000, nothing)
    expect(await cancel(operationId)).toMatchObject({ state: 'cancelled' })
    expect(await outcomes(operationId)).toEqual(['requested', 'cancelled'])
    expect(await tenantStateOf(tenantId)).toBe('failed')
  })

  it.each([
    ['whose second attempt has left no word', 'place', 'failed', 2],
    ['that came as far as the roles', 'roles', 'failed', 1],
  ])('has a worker look after one %s', async (_, step, state, attempt) => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await looked(operationId, step, state)
    await postponeOperation(test.core, claimed, lockTimeout, 60_000, nothing)
    await ask.rows(`update control.operation set attempt = ${attempt} where id = '${operationId}'`)
    expect(await cancel(operationId)).toMatchObject({ state: 'stopping' })
  })

  it('takes back what was kept for a decision, with the whole time for it', async () => {
    const { operationId } = await ask.provision()
    await holdOperation(test.core, await ask.claim(operationId), failure, nothing)
    await ask.rows(
      `update control.operation set deadline_at = now() - interval '1d' where id = '${operationId}'`,
    )
    expect(await cancel(operationId)).toMatchObject({ state: 'stopping' })
    const { operation } = await ask.claim(operationId)
    expect(operation.deadlineAt?.getTime()).toBeGreaterThan(Date.now())
  })

  it('refuses what has begun and has no way back, and says why', async () => {
    const { tenantId } = await ask.failedTenant()
    const discard = { idempotencyKey: newId('op'), tenantId: tenantId ?? '' }
    const { operationId } = await runVerb(test.core, test.ana, discardTenant, discard)
    await ask.claim(operationId)
    await expect(cancel(operationId)).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: expect.stringContaining('no way back'),
    })
    expect(await readCancelRequests(test.core, [operationId])).toEqual([])
  })

  const looked = (id: string, step: string, state: string) =>
    ask.rows(`insert into control.operation_step (operation_id, attempt, ordinal, name, state, started_at, finished_at, error)
      values ('${id}', 1, ${step === 'place' ? 1 : 2}, '${step}', '${state}', now(), now(), '{"code": "08006"}')`)
})
