import { beforeEach, expect, test, vi } from 'vitest'
import { onceAcrossTabs } from './once-across-tabs.ts'

/** One after the other, as the browser grants a lock of one name. */
function fakeLocks() {
  let before: Promise<unknown> = Promise.resolve()
  const request = (_: string, run: () => unknown) => {
    const mine = before.then(run)
    before = mine
    return mine
  }
  return { request } as unknown as Pick<LockManager, 'request'>
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

test('tells once of an incident and epoch, however many tabs hear of it at once', async () => {
  const locks = fakeLocks()
  const run = vi.fn()
  await Promise.all([1, 2, 3].map(() => onceAcrossTabs('in_1/1', run, locks)))
  expect(run).toHaveBeenCalledTimes(1)
  expect(await onceAcrossTabs('in_1/1', run, locks)).toBe(false)
})

test('tells again of its next epoch', async () => {
  const locks = fakeLocks()
  const run = vi.fn()
  await onceAcrossTabs('in_1/1', run, locks)
  await onceAcrossTabs('in_1/2', run, locks)
  expect(run).toHaveBeenCalledTimes(2)
})

test('doubles rather than misses where the browser keeps nothing', async () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
  })
  const run = vi.fn()
  await onceAcrossTabs('in_1/1', run, fakeLocks())
  expect(run).toHaveBeenCalledTimes(1)
})
