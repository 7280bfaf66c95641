import { newId } from '@tenantry/db'
import { finding } from '@tenantry/db/schema'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runVerb } from '../run-verb.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { checkFindings } from './check-findings.ts'
import type { Difference } from './compare.ts'
import { beginComparison, type ComparisonRun, endComparison, failComparison } from './comparisons.ts'
import { ignoreFinding } from './ignore-finding.ts'
import { reopenFinding } from './reopen-finding.ts'
import { resolveFinding } from './resolve-finding.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())
afterEach(() => test.control.pool.query('delete from control.finding; delete from control.reconciliation'))

const orphanId = () => newId('tn')
const orphan = (id: string, subject = 't_lost', fence = 7): Difference => ({
  kind: 'schema_orphan',
  tenantId: id,
  subject,
  detail: { registry: { tenant: 'none' }, cluster: { schemas: [subject], fence } },
})
const begin = async (): Promise<ComparisonRun> => {
  await runVerb(test.core, test.ana, checkFindings, {})
  const run = await beginComparison(test.core, 60_000)
  if (!run) throw new Error('no cluster was due')
  return run
}
const compared = async (differences: Difference[], busy: string[] = []) =>
  endComparison(test.core, await begin(), { differences, busy, compared: 1 }, 12)
const all = () => test.core.db.select().from(finding).orderBy(finding.id)
const only = async () => {
  const [row] = await all()
  if (!row) throw new Error('there is no finding')
  return { row, seen: { findingId: row.id, ifVersion: row.rowVersion } }
}
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    ({ code }) => code,
  )
const resolve = (input: object, actor = test.ana) =>
  runVerb(test.core, actor, resolveFinding, { idempotencyKey: newId('op'), ...input } as never)

describe('a finding', () => {
  it('opens with the first comparison that sees it, lasts, and resolves with the first that does not', async () => {
    await compared([orphan(orphanId())])
    const { row } = await only()
    expect(row).toMatchObject({ state: 'open', rowVersion: 1 })
    await compared([])
    expect(await all()).toMatchObject([{ id: row.id, state: 'resolved', resolvedAt: expect.any(Date) }])
  })

  it('comes back as a new one', async () => {
    const lost = orphan(orphanId())
    for (const seen of [[lost], [], [lost]]) await compared(seen)
    expect((await all()).map(({ state }) => state)).toEqual(['resolved', 'open'])
  })

  it('stays as it was while an operation is at work on what it is about', async () => {
    const id = orphanId()
    await compared([orphan(id)])
    await compared([], [id])
    expect((await only()).row.state).toBe('open')
  })

  it('is left alone by a comparison that was overtaken', async () => {
    const slow = await begin()
    // Its worker has been silent for longer than anybody waits.
    await test.control.pool.query(
      "update control.reconciliation set started_at = now() - interval '2 minutes'",
    )
    await compared([orphan(orphanId())])
    await endComparison(test.core, slow, { differences: [], busy: [], compared: 0 }, 9)
    await failComparison(test.core, slow, 'too late')
    expect((await only()).row.state).toBe('open')
    expect((await test.control.pool.query('select fault from control.reconciliation')).rows).toEqual([
      { fault: null },
    ])
  })

  it('stays ignored while nothing of it changes, and opens again when something does', async () => {
    const id = orphanId()
    await compared([orphan(id)])
    await runVerb(test.core, test.ana, ignoreFinding, { ...(await only()).seen, reason: 'of last year' })
    await compared([orphan(id)])
    expect((await only()).row).toMatchObject({ state: 'ignored', ignoredBecause: 'of last year' })
    await compared([orphan(id, 't_lost', 8)])
    expect((await only()).row).toMatchObject({ state: 'open', ignoredBecause: null })
  })

  it('can be taken up again by hand', async () => {
    await compared([orphan(orphanId())])
    await runVerb(test.core, test.ana, ignoreFinding, { ...(await only()).seen, reason: 'of last year' })
    await runVerb(test.core, test.ana, reopenFinding, (await only()).seen)
    expect((await only()).row.state).toBe('open')
  })

  it('refuses whoever has not seen it as it is', async () => {
    const id = orphanId()
    await compared([orphan(id)])
    const { seen } = await only()
    await compared([orphan(id, 't_lost', 8)])
    expect(await refusal(runVerb(test.core, test.ana, ignoreFinding, { ...seen, reason: 'known' }))).toBe(
      'version_conflict',
    )
    await compared([])
    expect(await refusal(resolve({ ...seen, reason: 'gone' }))).toBe('unlawful_transition')
    expect(await refusal(resolve({ ...seen, findingId: newId('fi') }))).toBe('not_found')
  })
})

describe('dropping an orphan', () => {
  it('wants its name, a reason, and whoever may erase tenants', async () => {
    await compared([orphan(orphanId())])
    const { seen } = await only()
    const right = { ...seen, reason: 'left over', confirmSubject: 't_lost' }
    expect(await refusal(resolve({ ...right, reason: undefined }))).toBe('invalid_input')
    expect(await refusal(resolve({ ...right, confirmSubject: 't_other' }))).toBe('invalid_input')
    expect(await refusal(resolve(right, test.as('operator')))).toBe('forbidden')
    expect((await test.control.pool.query('select from control.spare')).rowCount).toBe(0)
  })

  it('makes it a spare that is left, with the fence that the cluster has seen, and is asked for once', async () => {
    const id = orphanId()
    await compared([orphan(id)])
    const { seen } = await only()
    const wish = { ...seen, idempotencyKey: newId('op'), reason: 'left over', confirmSubject: 't_lost' }
    const first = await resolve(wish)
    expect(await resolve(wish)).toEqual({ ...first, repeated: true })
    expect(
      (
        await test.control.pool.query(
          `select origin, state, schema_name, fence from control.spare where id = '${id}'`,
        )
      ).rows,
    ).toEqual([{ origin: 'orphan', state: 'left', schema_name: 't_lost', fence: '7' }])
    const { rows } = await test.control.pool.query(
      `select kind, spare_id, input from control.operation where id = '${first.operationId}'`,
    )
    expect(rows).toMatchObject([
      { kind: 'spare.drop', spare_id: id, input: { recall: true, schema: 't_lost' } },
    ])
    const audit = await test.control.pool.query(
      `select action, outcome from control.audit where action in ('finding.resolve', 'spare.drop') and outcome <> 'failed'
       and outcome <> 'denied' order by seq`,
    )
    expect(audit.rows).toEqual([
      { action: 'finding.resolve', outcome: 'succeeded' },
      { action: 'spare.drop', outcome: 'requested' },
    ])
  })
})

describe('a comparison', () => {
  it('is taken by one worker, again a minute later, or when it is asked for', async () => {
    const run = await begin()
    expect(await beginComparison(test.core, 60_000)).toBeUndefined()
    await endComparison(test.core, run, { differences: [], busy: [], compared: 0 }, 5)
    expect(await beginComparison(test.core, 60_000)).toBeUndefined()
    expect(await beginComparison(test.core, 0)).toMatchObject({ clusterId: test.ids.cluster })
  })

  it('is refused for a cluster that is not there', async () => {
    expect(await refusal(runVerb(test.core, test.ana, checkFindings, { clusterId: newId('cl') }))).toBe(
      'not_found',
    )
  })
})
