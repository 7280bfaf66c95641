import { type ErrorCode, laneOf } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  askEach,
  cancelOperation,
  claimOperation,
  holdOperation,
  hurryOperation,
  postponeOperation,
  prioritiseOperation,
  putAside,
  rescueForgotten,
  retryOperation,
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
const hurry = (operationId: string) => runVerb(test.core, test.ana, hurryOperation, { operationId })
const prioritise = (operationId: string) => runVerb(test.core, test.ana, prioritiseOperation, { operationId })
const jobsOf = (id: string) =>
  ask.rows(`select priority, start_after <= now() as due from pgboss.job
    where data->>'operationId' = '${id}' order by priority desc, start_after`)

describe('retry now', () => {
  it('ends a backoff: the operation is due and has a job', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await postponeOperation(test.core, claimed, { ...failure, class: 'retry' }, 60_000, nothing)
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
    await hurry(operationId)
    expect(await jobsOf(operationId)).toContainEqual({ priority: -10, due: true })
    const again = await ask.claim(operationId)
    expect(again.operation.attempt).toBe(2)
    expect(again.operation.deadlineAt).toEqual(claimed.operation.deadlineAt)
  })

  it('refuses what does not wait, and what was asked to stop', async () => {
    const { operationId } = await ask.provision()
    await expect(hurry(operationId)).rejects.toMatchObject({ message: expect.stringContaining('front') })
    const claimed = await ask.claim(operationId)
    await expect(hurry(operationId)).rejects.toEqual(refused('unlawful_transition'))
    await runVerb(test.core, test.ana, cancelOperation, { operationId })
    await postponeOperation(test.core, claimed, failure, 0, nothing)
    await expect(hurry(operationId)).rejects.toMatchObject({ message: expect.stringContaining('cancelled') })
  })
})

describe('an operation that keeps what it has done', () => {
  it('waits without a due time: no worker takes it and nothing rescues it', async () => {
    const { operationId } = await ask.provision()
    await holdOperation(test.core, await ask.claim(operationId), failure, nothing)
    await ask.rows('delete from pgboss.job')
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
    expect(await rescueForgotten(test.core, 0)).toBe(0)
    expect((await ask.auditOf(operationId)).map((row) => row.outcome)).toEqual(['requested'])
  })

  it('goes on with its whole time anew when somebody says so', async () => {
    const { operationId } = await ask.provision()
    await holdOperation(test.core, await ask.claim(operationId), failure, nothing)
    await ask.rows(
      `update control.operation set deadline_at = now() - interval '1d' where id = '${operationId}'`,
    )
    await hurry(operationId)
    const { operation } = await ask.claim(operationId)
    expect(operation.deadlineAt?.getTime()).toBeGreaterThan(Date.now())
  })

  it('is only ever one that waits, with the error it waits for', async () => {
    const { operationId } = await ask.provision()
    await expect(
      ask.rows(`update control.operation set due_at = null where id = '${operationId}'`),
    ).rejects.toMatchObject({ constraint: 'operation_without_due_time_waits_for_a_decision' })
  })
})

describe('moving to the front', () => {
  it('puts an operation into the urgent lane, with a job before all others', async () => {
    const { operationId } = await ask.provision()
    await prioritise(operationId)
    const [row] = await ask.rows(`select priority from control.operation where id = '${operationId}'`)
    expect(laneOf(row.priority)).toBe('urgent')
    expect((await jobsOf(operationId))[0]).toEqual({ priority: 0, due: true })
    await expect(prioritise(operationId)).rejects.toMatchObject({ message: 'It is at the front.' })
  })

  it('does not end a backoff', async () => {
    const { operationId } = await ask.provision()
    await postponeOperation(test.core, await ask.claim(operationId), failure, 60_000, nothing)
    await prioritise(operationId)
    expect(await claimOperation(test.core, operationId, 'w1', 1000)).toBeUndefined()
    expect((await jobsOf(operationId))[0]).toEqual({ priority: 0, due: false })
  })

  it('refuses what a worker has in hand and what has ended', async () => {
    const { operationId } = await ask.provision()
    const claimed = await ask.claim(operationId)
    await expect(prioritise(operationId)).rejects.toMatchObject({ message: 'A worker has it in hand.' })
    await succeedOperation(test.core, claimed, {}, nothing)
    await expect(prioritise(operationId)).rejects.toMatchObject({ message: 'It has ended.' })
  })
})

describe('putting aside', () => {
  const aside = (operationId: string) =>
    runVerb(test.core, test.ana, putAside, { operationId, reason: 'the template is mended' })

  it('keeps who did it, when and why', async () => {
    const { operationId } = await ask.failedTenant()
    await aside(operationId)
    expect(
      await ask.rows(`select aside_by, aside_reason from control.operation where id = '${operationId}'`),
    ).toEqual([{ aside_by: test.ids.user, aside_reason: 'the template is mended' }])
    await expect(aside(operationId)).rejects.toMatchObject({ message: 'It was put aside.' })
  })

  it('is for failures alone', async () => {
    const { operationId } = await ask.provision()
    await expect(aside(operationId)).rejects.toEqual(refused('unlawful_transition'))
  })
})

describe('asking the same of many', () => {
  it('does or refuses each for itself, in the order asked and each once', async () => {
    const failed = await ask.failedTenant()
    const fresh = await ask.provision()
    const answers = await askEach(
      [failed.operationId, fresh.operationId, newId('op'), failed.operationId],
      (operationId) =>
        runVerb(test.core, test.ana, retryOperation, { idempotencyKey: `many/${operationId}`, operationId }),
    )
    expect(answers).toMatchObject([
      { id: failed.operationId, result: { repeated: false } },
      { id: fresh.operationId, refusal: { code: 'unlawful_transition', message: 'It has not begun.' } },
      { refusal: { code: 'not_found' } },
    ])
    expect(answers).toHaveLength(3)
  })
})
