import type { ErrorCode } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  beginUndo,
  cancelOperation,
  discardTenant,
  failOperation,
  retryOperation,
  rotateCredentials,
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

describe('a failed tenant', () => {
  it('that left something on its cluster is discarded, not retried', async () => {
    const { operationId } = await ask.failedTenant({ ...failure, undone: false })
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'retry-leftover', operationId }),
    ).rejects.toMatchObject({
      code: 'unlawful_transition',
      message: expect.stringContaining('discard'),
    })
  })

  it('that became active is out of reach of an old discard', async () => {
    const { operationId, tenantId } = await ask.failedTenant()
    const discard = await runVerb(test.core, test.ana, discardTenant, {
      idempotencyKey: `discard-old-${tenantId}`,
      tenantId: tenantId ?? '',
    })
    await runVerb(test.core, test.ana, cancelOperation, { operationId: discard.operationId })
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-live-1',
      operationId,
    })
    await succeedOperation(test.core, await ask.claim(again.operationId), {}, async (tx) => {
      await tx.execute(
        sql`update control.tenant set state = 'active', fingerprint = 'f' where id = ${tenantId}`,
      )
    })
    await expect(
      runVerb(test.core, test.ana, retryOperation, {
        idempotencyKey: 'retry-old-discard',
        operationId: discard.operationId,
      }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })

  it('is provisioned again by a retry that names the old operation', async () => {
    const { operationId, tenantId } = await ask.failedTenant()
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-key-1',
      operationId,
    })
    expect(again).toMatchObject({ tenantId, repeated: false })
    expect(
      await ask.rows(`select retry_of, state from control.operation where id = '${again.operationId}'`),
    ).toEqual([{ retry_of: operationId, state: 'queued' }])
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'retry-key-2', operationId }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })

  it('keeps what failed once more when the retry asks for it', async () => {
    const { operationId } = await ask.failedTenant()
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-and-keep',
      operationId,
      onFailure: 'keep',
    })
    expect(
      await ask.rows(`select on_failure from control.operation where id = '${again.operationId}'`),
    ).toEqual([{ on_failure: 'keep' }])
  })

  it('is retried once: the newer operation is the one to go on with', async () => {
    const { operationId } = await ask.failedTenant()
    const again = await runVerb(test.core, test.ana, retryOperation, {
      idempotencyKey: 'retry-once',
      operationId,
    })
    await runVerb(test.core, test.ana, cancelOperation, again)
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'retry-twice', operationId }),
    ).rejects.toMatchObject({ message: 'It was retried: see the newer operation.' })
  })

  it('is discarded, and only when failed', async () => {
    const { tenantId } = await ask.failedTenant()
    const discard = { idempotencyKey: `discard-${tenantId}`, tenantId: tenantId ?? '' }
    const { operationId } = await runVerb(test.core, test.ana, discardTenant, discard)
    await expect(
      runVerb(test.core, test.ana, discardTenant, { ...discard, idempotencyKey: 'discard-other' }),
    ).rejects.toEqual(refused('tenant_busy'))
    expect(await ask.auditOf(operationId)).toHaveLength(1)
    const { tenantId: fresh } = await ask.provision()
    await expect(
      runVerb(test.core, test.ana, discardTenant, { idempotencyKey: 'discard-fresh', tenantId: fresh ?? '' }),
    ).rejects.toEqual(refused('unlawful_transition'))
  })
})

describe('a rotation that failed', () => {
  it('is not retried: its password was told once', async () => {
    const { tenantId } = await ask.provision()
    await ask.rows(`update control.operation set state = 'cancelled', finished_at = now() where tenant_id = '${tenantId}';
      update control.tenant set state = 'active', fingerprint = 'f' where id = '${tenantId}'`)
    const { operationId } = await runVerb(test.core, test.ana, rotateCredentials, {
      idempotencyKey: 'rotate-once',
      tenantId: tenantId ?? '',
      overlapMinutes: 10,
    })
    await failOperation(test.core, await undoing(operationId), failure, nothing)
    await expect(
      runVerb(test.core, test.ana, retryOperation, { idempotencyKey: 'rotate-again', operationId }),
    ).rejects.toMatchObject({ code: 'unlawful_transition', message: expect.stringContaining('rotate again') })
  })

  async function undoing(operationId: string) {
    const claimed = await ask.claim(operationId)
    await beginUndo(test.core, claimed, failure, nothing)
    return claimed
  }
})
