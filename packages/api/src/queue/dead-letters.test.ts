import type { OperationError } from '@tenantry/contracts'
import { discardTenant, putAside, retryOperation, runVerb, succeedOperation } from '@tenantry/core'
import { askCore, createTestCore, failure, nothing, type TestCore } from '@tenantry/core/testing'
import { countDeadLetters, listDeadLetters } from '@tenantry/db/queries'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())
beforeEach(async () => {
  await ask.rows(`update control.operation set aside_at = now(), aside_by = '${test.ids.user}', aside_reason = 'over'
    where state = 'failed' and aside_at is null`)
})

const letters = async () =>
  (await listDeadLetters(test.core.db)).groups.flatMap(({ operations }) => operations.map(({ id }) => id))
const retry = (operationId: string) =>
  runVerb(test.core, test.ana, retryOperation, { idempotencyKey: `retry-${operationId}`, operationId })

describe('dead letters', () => {
  it('are failures, grouped by cause, the largest group first', async () => {
    const lost = (name: string): OperationError => ({
      ...failure,
      code: '42P01',
      message: `relation "${name}" does not exist`,
    })
    const other = await ask.failedTenant()
    const one = await ask.failedTenant(lost('book'))
    const two = await ask.failedTenant(lost('loan'))
    const { groups, total } = await listDeadLetters(test.core.db)
    expect(total).toBe(3)
    expect(groups.map(({ key, operations }) => [key, operations.map(({ id }) => id)])).toEqual([
      ['42P01 relation “…” does not exist', [two.operationId, one.operationId]],
      ['XX000 broken', [other.operationId]],
    ])
    expect(groups[0]).toMatchObject({ example: lost('loan') })
    expect(await countDeadLetters(test.core.db)).toBe(3)
  })

  it('are no longer one when retried, put aside, or when the tenant is gone', async () => {
    const retried = await ask.failedTenant()
    const aside = await ask.failedTenant()
    const gone = await ask.failedTenant()
    expect(await letters()).toHaveLength(3)
    await retry(retried.operationId)
    await runVerb(test.core, test.ana, putAside, { operationId: aside.operationId, reason: 'known' })
    const { operationId } = await runVerb(test.core, test.ana, discardTenant, {
      idempotencyKey: 'discard-the-gone',
      tenantId: gone.tenantId ?? '',
    })
    await succeedOperation(test.core, await ask.claim(operationId), {}, nothing)
    await ask.rows(`update control.tenant set state = 'discarded' where id = '${gone.tenantId}'`)
    expect(await letters()).toEqual([])
  })

  it('are superseded by a later request for the same', async () => {
    const { tenantId } = await ask.failedTenant()
    const discard = async (key: string) => {
      const { operationId } = await runVerb(test.core, test.ana, discardTenant, {
        idempotencyKey: `discard-${key}`,
        tenantId: tenantId ?? '',
      })
      const claimed = await ask.claim(operationId)
      await ask.fail(claimed)
      return operationId
    }
    const first = await discard('first')
    expect(await letters()).toContain(first)
    const second = await discard('second')
    expect(await letters()).toContain(second)
    expect(await letters()).not.toContain(first)
  })

  it('tell of wake-ups whose handler threw, with the operation that was woken again', async () => {
    const { operationId } = await ask.provision()
    await ask.rows(`update pgboss.job set state = 'failed', completed_on = now(), output = '{"message": "no memory"}'
      where data->>'operationId' = '${operationId}'`)
    const { lostWakeUps } = await listDeadLetters(test.core.db)
    expect(lostWakeUps).toEqual({
      count: 1,
      newest: [{ operationId, at: expect.any(String), message: 'no memory' }],
    })
  })
})
