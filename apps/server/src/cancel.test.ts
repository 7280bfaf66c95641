import { cancelOperation, runVerb, systemActor } from '@tenantry/core'
import { startFleet } from '@tenantry/worker/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from './testing/invariants.ts'
import { type ServerProcess, spawnServer } from './testing/spawn-server.ts'

/** Where a cancelled provision may be when its worker dies: before it has said that it takes back, and on the way. */
const points = [
  'claim.after',
  'undo.before',
  'undo.schema.before',
  'undo.schema.after',
  'undo.roles.before',
  'undo.roles.after',
  'fail.inside',
]

let fleet: Awaited<ReturnType<typeof startFleet>>
let quick: string
let long: string
const living = new Set<ServerProcess>()

function worker(failpoint?: string): ServerProcess {
  const process = spawnServer({
    TENANTRY_ROLE: 'worker',
    DATABASE_URL: fleet.control.url,
    TENANTRY_MASTER_KEY: fleet.masterKey.toString('base64'),
    TENANTRY_LEASE_SECONDS: '0.6',
    TENANTRY_DRAIN_SECONDS: '1',
    ...(failpoint ? { TENANTRY_FAILPOINT: failpoint } : {}),
  })
  living.add(process)
  process.ended.then(() => living.delete(process))
  return process
}

beforeAll(async () => {
  fleet = await startFleet()
  const builder = await fleet.work()
  quick = await fleet.template()
  long = await fleet.template(undefined, 'select pg_sleep(30);', 'long')
  await builder.close()
}, 60_000)
afterEach(() => {
  for (const process of living) process.kill('SIGKILL')
})
afterAll(() => fleet.close())

const cancel = (operationId: string, graceSeconds: number) =>
  runVerb(fleet.core, systemActor, cancelOperation, { operationId, graceSeconds })
const sessionsOf = async (tenantId: string | null) =>
  (await fleet.cluster.pool.query('select pid from pg_stat_activity where usename = $1', [tenantId])).rows
const isSound = async () => expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])

describe('a cancelled operation', () => {
  it('is taken back whole although kill -9 meets its worker at every named point of that', async () => {
    const { operationId } = await fleet.provision(quick)
    expect(await worker('step.schema.after').ended).toBe('SIGKILL')
    expect(await cancel(operationId, 60)).toMatchObject({ state: 'stopping' })
    for (const point of points) {
      const dying = worker(point)
      expect(await dying.ended, `${point}: ${dying.output()}`).toBe('SIGKILL')
    }
    const healthy = worker()
    expect(await fleet.ended(operationId)).toBe('cancelled')
    await isSound()
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)
  }, 180_000)

  it('is forced by another worker when kill -9 meets the one that was to force it', async () => {
    const { operationId, tenantId } = await fleet.provision(long)
    const dying = worker('force.before')
    await expect.poll(() => sessionsOf(tenantId), { timeout: 20_000 }).toHaveLength(1)
    await cancel(operationId, 0)
    expect(await dying.ended, dying.output()).toBe('SIGKILL')
    worker()
    expect(await fleet.ended(operationId)).toBe('cancelled')
    expect(await sessionsOf(tenantId)).toEqual([])
    await isSound()
  }, 60_000)

  it('is taken back by another worker while its own is stopped past its lease, and stays so when that wakes', async () => {
    const { operationId, tenantId } = await fleet.provision(long)
    const sleeper = worker()
    await expect.poll(() => sessionsOf(tenantId), { timeout: 20_000 }).toHaveLength(1)
    sleeper.kill('SIGSTOP')
    await cancel(operationId, 600)
    const healthy = worker()
    expect(await fleet.ended(operationId)).toBe('cancelled')
    expect(await sessionsOf(tenantId)).toEqual([])
    sleeper.kill('SIGCONT')
    sleeper.kill('SIGTERM')
    expect(await sleeper.ended, sleeper.output()).toBe(0)
    await isSound()
    const [operation] = await fleet.rows(
      `select state, attempt from control.operation where id = '${operationId}'`,
    )
    expect(operation).toEqual({ state: 'cancelled', attempt: 2 })
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)
  }, 60_000)
})
