import { afterAll, beforeAll, expect, it } from 'vitest'
import { openGuardedSession } from './open-guarded-session.ts'
import { runInParts } from './run-in-parts.ts'
import { createTestCluster, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

let count = 0
async function scene() {
  const tenant = await cluster.createTenant()
  const operationId = `op_parts_${++count}`
  let fence = 1
  return {
    schema: tenant.schema,
    /** One attempt. */
    async run(script: string, budget: number) {
      fence++
      const session = await openGuardedSession({
        pool: cluster.worker,
        tenantId: tenant.id,
        operationId,
        fence,
        deadlineMs: 20_000,
      })
      try {
        return await runInParts({
          session,
          pool: cluster.worker,
          operationId,
          step: 'template',
          script,
          budget,
        })
      } finally {
        await session.close()
      }
    },
    steps: async () =>
      (
        await cluster.admin.query(
          `SELECT step FROM tenantry.ledger WHERE operation_id = $1 ORDER BY finished_at`,
          [operationId],
        )
      ).rows.map(({ step }) => step),
  }
}
const script = 'create table a ();\ncreate table b ();\ncreate table c ();\n\ncreate table d ();'

it('a script that fits is one step, done once', async () => {
  const { run, steps } = await scene()
  expect(await run(script, 100)).toEqual({ outcome: 'done', parts: 1 })
  expect(await run(script, 100)).toEqual({ outcome: 'already', parts: 0 })
  expect(await steps()).toEqual(['template'])
})

it('a larger one is as many steps as the budget asks for', async () => {
  const { run, steps } = await scene()
  expect(await run(script, 8)).toEqual({ outcome: 'done', parts: 2 })
  expect(await run(script, 8)).toEqual({ outcome: 'already', parts: 0 })
  expect(await steps()).toEqual(['template#1', 'template#3'])
})

it('a later attempt goes on behind what is done, also with another budget', async () => {
  const { run, steps } = await scene()
  const broken = script.replace('create table d', 'create tabel d')
  const thrown = await run(broken, 4).catch((error) => error)
  // The line is the one in the whole script.
  expect(thrown).toMatchObject({ sqlstate: '42601', line: 5 })
  expect(await steps()).toEqual(['template#1', 'template#2', 'template#3'])
  expect(await run(script, 100)).toEqual({ outcome: 'done', parts: 1 })
  expect(await steps()).toEqual(['template#1', 'template#2', 'template#3', 'template#4'])
})
