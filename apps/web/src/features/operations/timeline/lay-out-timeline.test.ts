import { expect, test } from 'vitest'
import type { Operation, StepRow } from '../use-operation.ts'
import { axisTicks, layOutTimeline, progressWords } from './lay-out-timeline.ts'

const t0 = Date.parse('2026-11-22T10:00:00.000Z')
const iso = (ms: number) => new Date(t0 + ms).toISOString()
const plan = [
  { name: 'roles', title: 'Create roles' },
  { name: 'schema', title: 'Create the schema' },
  { name: 'seed', title: 'Load seed data' },
]
const step = (name: string, from: number, to: number | null, over: Partial<StepRow> = {}): StepRow => ({
  attempt: 1,
  direction: 'up',
  ordinal: plan.findIndex((one) => one.name === name) + 1,
  name,
  state: to === null ? 'running' : 'done',
  startedAt: iso(from),
  finishedAt: to === null ? null : iso(to),
  result: null,
  error: null,
  resources: null,
  ...over,
})
const lockTimeout = { code: '55P03', message: 'lock timeout', class: 'retry', attempt: 1 } as const
const operation = (over: Partial<Operation>) =>
  ({
    createdAt: iso(0),
    startedAt: iso(100),
    finishedAt: null,
    dueAt: iso(0),
    state: 'running',
    plan,
    steps: [],
    typical: { operations: 9, total: 0.5, steps: { roles: 0.05, schema: 0.2 } },
    ...over,
  }) as Operation

const rowOf = (timeline: ReturnType<typeof layOutTimeline>, key: string) =>
  timeline.rows.find((row) => row.key === key)

test('draws the wait in the queue before the first step, and steps from the moment they were asked for', () => {
  const timeline = layOutTimeline(
    operation({
      steps: [step('roles', 100, 300), step('schema', 300, 900), step('seed', 900, 1000)],
      finishedAt: iso(1000),
      state: 'succeeded',
    }),
    t0 + 99_999,
  )
  expect(rowOf(timeline, 'roles')?.segments).toEqual([
    { kind: 'queued', from: 0, to: 100 },
    { kind: 'done', from: 100, to: 300 },
  ])
  expect(rowOf(timeline, 'schema')).toMatchObject({
    ms: 600,
    typical: { from: 300, ms: 200 },
    typicalMs: 200,
  })
  expect(timeline.now).toBeUndefined()
  expect(timeline.queuedMs).toBeUndefined()
})

test('draws a long wait as a quarter of the run, and says how long it was', () => {
  const timeline = layOutTimeline(
    operation({
      createdAt: iso(-60_000),
      startedAt: iso(0),
      steps: [step('roles', 0, 400)],
      finishedAt: iso(400),
      state: 'succeeded',
    }),
    t0,
  )
  expect(rowOf(timeline, 'roles')?.segments).toEqual([
    { kind: 'queued', from: 0, to: 100 },
    { kind: 'done', from: 100, to: 500 },
  ])
  expect(timeline.queuedMs).toBe(60_000)
})

test('ends a running bar at now, and leaves what is to come pending', () => {
  const timeline = layOutTimeline(
    operation({ steps: [step('roles', 100, 200), step('schema', 200, null)] }),
    t0 + 700,
  )
  expect(rowOf(timeline, 'schema')).toMatchObject({
    state: 'running',
    isCurrent: true,
    segments: [{ kind: 'running', from: 200, to: 700 }],
  })
  expect(rowOf(timeline, 'seed')).toMatchObject({ state: 'pending', segments: [], ms: undefined })
  expect(timeline.now).toBe(700)
})

test('tells attempts apart where one failed, with the backoff between them', () => {
  const timeline = layOutTimeline(
    operation({
      steps: [
        step('roles', 100, 200),
        step('schema', 200, 400, { state: 'failed', error: lockTimeout }),
        step('roles', 900, 950, { attempt: 2 }),
        step('schema', 950, 1000, { attempt: 2 }),
      ],
      finishedAt: iso(1000),
      state: 'succeeded',
    }),
    t0,
  )
  expect(timeline.rows.map(({ key }) => key)).toEqual(['roles', 'schema', 'schema 1', 'schema 2', 'seed'])
  expect(rowOf(timeline, 'schema')?.segments).toEqual([
    { kind: 'failed', from: 200, to: 400 },
    { kind: 'done', from: 950, to: 1000 },
    { kind: 'backoff', from: 400, to: 900 },
  ])
  expect(rowOf(timeline, 'schema 1')?.note).toBe('55P03 lock timeout')
  expect(timeline).toMatchObject({ retries: 1, backoffMs: 500 })
})

test('goes on with the backoff until now while the next attempt is waited for', () => {
  const failed = step('roles', 100, 200, { state: 'failed', error: lockTimeout })
  const timeline = layOutTimeline(operation({ steps: [failed], state: 'waiting' }), t0 + 600)
  expect(rowOf(timeline, 'roles')?.segments.at(-1)).toEqual({ kind: 'backoff', from: 200, to: 600 })
})

test('shows what was taken back after the steps, and that the rest was never reached', () => {
  const timeline = layOutTimeline(
    operation({
      steps: [
        step('roles', 100, 200),
        step('schema', 200, 300, { state: 'failed', error: { ...lockTimeout, class: 'permanent' } }),
        step('roles', 300, 350, { direction: 'down', state: 'undone' }),
      ],
      finishedAt: iso(360),
      state: 'failed',
    }),
    t0,
  )
  expect(rowOf(timeline, 'schema')).toMatchObject({ note: '55P03', isCurrent: true })
  expect(rowOf(timeline, 'seed')?.state).toBe('skipped')
  expect(timeline.rows.at(-1)).toMatchObject({
    kind: 'undo',
    title: 'Take back: create roles',
    state: 'undone',
    ms: 50,
  })
})

test.each([
  [1000, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]],
  [41_600, [0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000]],
  [0, [0]],
])('marks the axis of %i ms in round steps', (span, ticks) => {
  expect(axisTicks(span)).toEqual(ticks)
})

test('says where it is', () => {
  const running = operation({ steps: [step('roles', 0, 1), step('schema', 1, null)] })
  expect(progressWords(running)).toBe('step 2 of 3')
  expect(progressWords(operation({ state: 'queued' }))).toBeUndefined()
})

test('says beside a running step how far it is, where it tells', () => {
  const steps = [step('roles', 100, null, { result: { percent: 42, at: 'table 7 of 31' } })]
  expect(rowOf(layOutTimeline(operation({ steps }), t0 + 200), 'roles')?.note).toBe('42 %, table 7 of 31')
  const done = [step('roles', 100, 200, { result: { percent: 42, at: 'table 7 of 31' } })]
  expect(rowOf(layOutTimeline(operation({ steps: done }), t0 + 300), 'roles')?.note).toBeUndefined()
})
