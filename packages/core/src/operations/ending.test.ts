import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  claimOperation,
  FencedError,
  failOperation,
  postponeOperation,
  prolongLeases,
  rescueAbandoned,
  rescueForgotten,
  succeedOperation,
} from '../index.ts'
import { askCore, failure, nothing } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())

describe('ending an operation', () => {
  it('writes exactly one terminal audit row, whoever else tries', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await succeedOperation(test.core, claimed, {}, nothing)
    await expect(succeedOperation(test.core, claimed, {}, nothing)).rejects.toBeInstanceOf(FencedError)
    await expect(failOperation(test.core, claimed, failure, nothing)).rejects.toBeInstanceOf(FencedError)
    expect((await ask.auditOf(operationId)).map((row) => row.outcome)).toEqual(['requested', 'succeeded'])
    await expect(
      ask.rows(`insert into control.audit (chain, actor_id, actor_name, action, outcome, operation_id)
            values ('x', 'x', 'x', 'tenant.provision', 'failed', '${operationId}')`),
    ).rejects.toMatchObject({ constraint: 'audit_operation_ends_once' })
  })

  it('refuses every word of an attempt that was taken over', async () => {
    const { operationId } = await ask.provision()
    const stale = await ask.claim(operationId)
    await ask.rows(
      `update control.operation set lease_until = now() - interval '1s' where id = '${operationId}'`,
    )
    const fresh = await ask.claim(operationId, 'w2')
    expect(fresh.operation.fence).toBeGreaterThan(stale.operation.fence)
    await expect(succeedOperation(test.core, stale, {}, nothing)).rejects.toBeInstanceOf(FencedError)
    await expect(postponeOperation(test.core, stale, failure, 0, nothing)).rejects.toBeInstanceOf(FencedError)
    expect(await prolongLeases(test.core, 'w1', [operationId], 1000)).toEqual([])
    expect(await prolongLeases(test.core, 'w2', [operationId], 1000)).toEqual([operationId])
    await succeedOperation(test.core, fresh, {}, nothing)
  })

  it('rolls back with the effect: neither state nor audit moves', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await expect(
      succeedOperation(test.core, claimed, {}, async () => {
        throw new Error('effect failed')
      }),
    ).rejects.toThrow('effect failed')
    expect(await ask.auditOf(operationId)).toHaveLength(1)
    expect(await ask.rows(`select state from control.operation where id = '${operationId}'`)).toEqual([
      { state: 'running' },
    ])
  })

  it('puts a passing fault off, with a job for the time when it is due', async () => {
    const { operationId } = await ask.provision()
    await postponeOperation(test.core, await ask.claim(operationId), failure, 60_000, nothing)
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
    expect(
      await ask.rows(
        `select 1 from pgboss.job where data->>'operationId' = '${operationId}' and start_after > now() + interval '50s'`,
      ),
    ).toHaveLength(1)
  })
})

describe('a claim', () => {
  it('changes nothing that an editor has seen', async () => {
    const { operationId, tenantId } = await ask.provision()
    await ask.claim(operationId)
    expect(
      await ask.rows(`select row_version::int, fence::int from control.tenant where id = '${tenantId}'`),
    ).toEqual([{ row_version: 1, fence: 1 }])
  })

  it('starts the clock of the deadline: time in the queue does not count', async () => {
    const { operationId } = await ask.provision()
    await ask.rows(
      `update control.operation set created_at = now() - interval '1 day' where id = '${operationId}'`,
    )
    const { operation } = await ask.claim(operationId)
    expect(operation.deadlineAt?.getTime()).toBeGreaterThan(Date.now() + 800_000)
  })
})

describe('rescuing', () => {
  it('wakes a worker for what a silent one held, and for what the queue forgot', async () => {
    await ask.rows(`update control.operation set state = 'cancelled', finished_at = now(), lease_until = null, worker_id = null
      where state = 'queued'`)
    await ask.rows(
      `update control.operation set lease_until = now() + interval '1h' where lease_until is not null`,
    )
    const silent = await ask.provision()
    await ask.claim(silent.operationId)
    await ask.rows(
      `update control.operation set lease_until = now() - interval '1s' where id = '${silent.operationId}'`,
    )
    await ask.rows('delete from pgboss.job')
    expect(await rescueAbandoned(test.core, 0)).toBe(1)
    expect(await rescueAbandoned(test.core, 0)).toBe(0)

    const forgotten = await ask.provision()
    expect(await rescueForgotten(test.core, 5000)).toBe(0)
    await ask.rows(`delete from pgboss.job`)
    await ask.rows(
      `update control.operation set due_at = now() - interval '1m' where id = '${forgotten.operationId}'`,
    )
    expect(await rescueForgotten(test.core, 5000)).toBe(1)
    expect(await rescueForgotten(test.core, 5000)).toBe(0)
  })
})
