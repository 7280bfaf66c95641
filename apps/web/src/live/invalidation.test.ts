import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createInvalidation } from './invalidation.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('refetches a query once for a burst of events, within 500 ms of the first', () => {
  const invalidateQueries = vi.fn(async () => {})
  const invalidation = createInvalidation({ invalidateQueries })
  for (let i = 0; i < 50; i++) {
    invalidation.soon(['tenant', 'list'])
    vi.advanceTimersByTime(5)
  }
  vi.advanceTimersByTime(250)
  expect(invalidateQueries).toHaveBeenCalledTimes(1)
  expect(invalidateQueries).toHaveBeenCalledWith({ queryKey: ['tenant', 'list'] })
})

test('refetches different queries apart, and the same one again later', () => {
  const invalidateQueries = vi.fn(async () => {})
  const invalidation = createInvalidation({ invalidateQueries })
  invalidation.soon(['tenant', 'list'])
  invalidation.soon(['fleet', 'counts'])
  vi.advanceTimersByTime(400)
  invalidation.soon(['tenant', 'list'])
  vi.advanceTimersByTime(400)
  expect(invalidateQueries).toHaveBeenCalledTimes(3)
})
