import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.close())

describe('a cluster that falls silent without a word', () => {
  it('holds an operation no longer than its deadline; the rest goes on when it is back', async () => {
    const builder = await fleet.work()
    const template = await fleet.template()
    await builder.close()
    const { operationId, tenantId } = await fleet.provision(template)
    await fleet.rows(`update control.operation set deadline_seconds = 3 where id = '${operationId}'`)
    const reached = Promise.withResolvers<void>()
    let once = true
    const worker = await fleet.work((name) => {
      if (name !== 'seed.locked' || !once) return
      once = false
      fleet.cable.freeze()
      reached.resolve()
    })
    await reached.promise
    const state = async () =>
      (await fleet.rows(`select state from control.operation where id = '${operationId}'`))[0].state
    await expect.poll(state, { timeout: 15_000 }).not.toBe('running')
    fleet.cable.mend()
    expect(await fleet.ended(operationId)).toBe('failed')
    const [{ error }] = await fleet.rows(`select error from control.operation where id = '${operationId}'`)
    expect(error).toMatchObject({ code: '57014', undone: true })
    expect((await fleet.inventory()).filter(({ name }) => name.startsWith(tenantId ?? '-'))).toEqual([])
    await worker.close()
  }, 60_000)
})

describe('a control database that loses one backend', () => {
  it('does not take the worker with it', async () => {
    const builder = await fleet.work()
    const template = await fleet.template(undefined, undefined, 'again')
    await builder.close()
    const seen = Promise.withResolvers<void>()
    let once = true
    const worker = await fleet.work(async (name) => {
      if (name !== 'finish.inside' || !once) return
      once = false
      // The transaction that ends the operation sits idle right now: this is the backend that dies.
      await fleet.control.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`,
      )
      seen.resolve()
    })
    const { operationId } = await fleet.provision(template)
    await Promise.race([seen.promise, fleet.ended(operationId)])
    expect(await fleet.ended(operationId)).toBe('succeeded')
    await worker.close()
  })
})
