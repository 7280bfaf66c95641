import type { ErrorCode } from '@tenantry/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelOperation, publishTemplate, runVerb } from '../index.ts'
import { askCore, refusal } from '../testing/ask-core.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'

let count = 0
let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())
const refused = (code: ErrorCode) => expect.objectContaining(refusal(code))

describe('publishing', () => {
  const publish = (migrations: { version: number; name: string; sql: string }[]) =>
    runVerb(test.core, test.ana, publishTemplate, {
      idempotencyKey: `publish-${++count}`,
      slug: 'library',
      name: 'Library',
      description: '',
      migrations,
      seed: '',
    })
  const book = { version: 1, name: 'book', sql: 'create table book (id int)' }
  const loan = { version: 3, name: 'loan', sql: 'create table loan (id int)' }
  const built = async (state: 'ready' | 'failed') => {
    await ask.rows(
      `update control.operation set state = 'cancelled', finished_at = now() where kind = 'template.build' and finished_at is null`,
    )
    await ask.rows(
      state === 'ready'
        ? `update control.template_version set state = 'ready', snapshot = '', placeholders = '{}', fingerprint = 'f' where state = 'building'`
        : `update control.template_version set state = 'failed' where state = 'building'`,
    )
  }

  it('lets a version that failed to build be mended, and one that is in use never', async () => {
    await publish([{ ...book, sql: 'create tabel book (id int)' }])
    await expect(publish([book])).rejects.toEqual(refused('version_conflict'))
    await built('failed')
    await publish([book])
    await built('ready')

    await expect(publish([book])).rejects.toEqual(refused('version_conflict'))
    await expect(publish([{ ...book, sql: 'create table book (id text)' }, loan])).rejects.toEqual(
      refused('migration_refused'),
    )
    await expect(publish([loan])).rejects.toEqual(refused('migration_refused'))
    await publish([book, loan])
    await built('ready')
    await expect(
      publish([
        book,
        { version: 2, name: 'early', sql: 'select 1' },
        loan,
        { version: 4, name: 'late', sql: 'select 1' },
      ]),
    ).rejects.toEqual(refused('migration_refused'))
  })

  it('that is cancelled while queued can be done again', async () => {
    const next = [book, loan, { version: 5, name: 'next', sql: 'select 1' }]
    const { operationId } = await publish(next)
    await runVerb(test.core, test.ana, cancelOperation, { operationId })
    await publish(next)
    await built('ready')
  })

  it('of the same new template by two at once is one template', async () => {
    const both = await Promise.allSettled(
      [1, 2].map((n) =>
        runVerb(test.core, test.ana, publishTemplate, {
          idempotencyKey: `race-publish-${n}`,
          slug: 'raced',
          name: 'Raced',
          description: '',
          migrations: [book],
          seed: '',
        }),
      ),
    )
    expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((each) => each.status === 'rejected')?.reason).toEqual(refused('version_conflict'))
  })
})
