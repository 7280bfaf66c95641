import { isFinal, type OperationState, type StepState } from '@tenantry/contracts'
import type { Operation, StepRow } from '../use-operation.ts'

export interface Segment {
  readonly kind: 'queued' | 'done' | 'running' | 'failed' | 'undone' | 'backoff'
  /** ms since the left edge. */
  readonly from: number
  readonly to: number
}

export interface TimelineRow {
  readonly key: string
  readonly kind: 'step' | 'attempt' | 'undo'
  /** Of a step: 1, 2, 3. */
  readonly number: number | undefined
  readonly title: string
  readonly state: StepState | 'pending' | 'skipped'
  readonly segments: readonly Segment[]
  /** Where the bar of the p50 of others begins and how long it is, ms. */
  readonly typical: { readonly from: number; readonly ms: number } | undefined
  /** The p50 of others, ms. */
  readonly typicalMs: number | undefined
  /** Time spent, ms; undefined when it never began. */
  readonly ms: number | undefined
  /** Right of the bar. */
  readonly note: string | undefined
  readonly isCurrent: boolean
}

export interface Timeline {
  readonly rows: readonly TimelineRow[]
  /** The right edge, ms. */
  readonly span: number
  /** Where now is; undefined at the end. */
  readonly now: number | undefined
  readonly ticks: readonly number[]
  /** Attempts beyond the first. */
  readonly retries: number
  readonly backoffMs: number
  /** How long it waited for a worker, when the bar shows less than that. */
  readonly queuedMs: number | undefined
}

type Laid = Pick<
  Operation,
  'createdAt' | 'startedAt' | 'finishedAt' | 'dueAt' | 'state' | 'plan' | 'steps' | 'typical'
>

const ms = (at: string) => Date.parse(at)

/** Steps of 1, 2, 2.5 or 5 so that at most `most` ticks stand on the axis. */
export function axisTicks(span: number, most = 10): number[] {
  const rough = Math.max(span, 1) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)))
}

/**
 * An operation on an axis of time. The left edge is the moment it was asked for; a long wait in the queue is drawn as a
 * quarter of what follows at most, so that short steps stay visible.
 */
export function layOutTimeline(operation: Laid, now: number): Timeline {
  const { plan, steps, state } = operation
  const end = operation.finishedAt ? ms(operation.finishedAt) : now
  const begun = operation.startedAt ? ms(operation.startedAt) : undefined
  const ran = begun === undefined ? 0 : Math.max(end - begun, 1)
  const waited = Math.max(0, (begun ?? end) - ms(operation.createdAt))
  const queued = begun === undefined ? waited : Math.min(waited, ran / 4)
  const origin = (begun ?? end) - queued
  const at = (time: string | null) => Math.max(0, (time === null ? end : ms(time)) - origin)

  const attempts = [...new Set(steps.map(({ attempt }) => attempt))].sort((a, b) => a - b)
  const pauses = attempts.slice(1).map((attempt) => {
    const before = steps.filter((step) => step.attempt < attempt)
    const from = Math.max(...before.map(({ finishedAt }) => at(finishedAt)))
    return {
      attempt,
      from,
      to: Math.min(...steps.filter((s) => s.attempt === attempt).map((s) => at(s.startedAt))),
    }
  })
  const waitsNow = state === 'waiting' ? lastEnd(steps, at) : undefined
  const isOver = isFinal(state)

  const rows = plan.flatMap((step, i): TimelineRow[] => {
    const ups = steps.filter((row) => row.direction === 'up' && row.ordinal === i + 1)
    const latest = ups.at(-1)
    const backoffs = ups
      .filter((row) => row.state === 'failed')
      .flatMap((row): Segment[] => {
        const pause = pauses.find(({ attempt }) => attempt > row.attempt)
        const from = at(row.finishedAt)
        if (pause) return [{ kind: 'backoff', from, to: pause.to }]
        return row === latest && waitsNow !== undefined ? [{ kind: 'backoff', from, to: at(null) }] : []
      })
    const typicalMs = secondsToMs(operation.typical.steps[step.name])
    const isCurrent = !isOver && latest?.state === 'running'
    const main: TimelineRow = {
      key: step.name,
      kind: 'step',
      number: i + 1,
      title: step.title,
      state: latest?.state ?? (isOver ? 'skipped' : 'pending'),
      segments: [
        ...(i === 0 && queued > 0 ? [{ kind: 'queued', from: 0, to: queued } as const] : []),
        ...ups.map((row) => segmentOf(row, at)),
        ...backoffs,
      ],
      typical: latest && typicalMs !== undefined ? { from: at(latest.startedAt), ms: typicalMs } : undefined,
      typicalMs,
      ms: latest && sum(ups.map((row) => at(row.finishedAt) - at(row.startedAt))),
      note: latest?.state === 'failed' && ups.length === 1 ? latest.error?.code : progressNote(latest),
      isCurrent: isCurrent || (isOver && latest?.state === 'failed' && state === 'failed'),
    }
    // Attempts are told apart where one of them failed; elsewhere a repeat is a look at what was done.
    if (ups.length < 2 || !ups.some((row) => row.state === 'failed')) return [main]
    return [main, ...ups.map((row) => attemptRow(step.name, row, at))]
  })

  const undone = steps.filter(({ direction }) => direction === 'down')
  const undoRows = undone.map((row): TimelineRow => {
    const title = plan.find(({ name }) => name === row.name)?.title ?? row.name
    return {
      key: `undo ${row.attempt} ${row.name}`,
      kind: 'undo',
      number: undefined,
      title: `Take back: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
      state: row.state,
      segments: [segmentOf(row, at)],
      typical: undefined,
      typicalMs: undefined,
      ms: at(row.finishedAt) - at(row.startedAt),
      note: row.error?.code,
      isCurrent: row.state === 'running',
    }
  })

  const all = [...rows, ...undoRows]
  const nowAt = isOver ? undefined : Math.max(0, now - origin)
  const farthest = Math.max(nowAt ?? 0, 1, ...all.flatMap(({ segments }) => segments.map(({ to }) => to)))
  const expected = isOver ? 0 : queued + (secondsToMs(operation.typical.total ?? undefined) ?? 0)
  const span = Math.max(farthest, expected) * 1.06
  return {
    rows: all,
    span,
    now: nowAt,
    ticks: axisTicks(span),
    retries: Math.max(0, attempts.length - 1),
    backoffMs: sum(pauses.map(({ from, to }) => Math.max(0, to - from))),
    queuedMs: waited > queued + 1 ? waited : undefined,
  }
}

/** How far a running step is, where it tells: "42 %, table 7 of 31". */
function progressNote(step: StepRow | undefined): string | undefined {
  const { percent, at } = step?.result ?? {}
  return step?.state === 'running' && typeof percent === 'number' ? `${percent} %, ${at}` : undefined
}

const bars: Record<StepState, Segment['kind']> = {
  running: 'running',
  done: 'done',
  failed: 'failed',
  undone: 'undone',
}

function segmentOf(row: StepRow, at: (time: string | null) => number): Segment {
  return { kind: bars[row.state], from: at(row.startedAt), to: at(row.finishedAt) }
}

function attemptRow(step: string, row: StepRow, at: (time: string | null) => number): TimelineRow {
  return {
    key: `${step} ${row.attempt}`,
    kind: 'attempt',
    number: undefined,
    title: `attempt ${row.attempt}`,
    state: row.state,
    segments: [segmentOf(row, at)],
    typical: undefined,
    typicalMs: undefined,
    ms: at(row.finishedAt) - at(row.startedAt),
    note: row.error ? `${row.error.code} ${row.error.message}` : undefined,
    isCurrent: false,
  }
}

function lastEnd(steps: readonly StepRow[], at: (time: string | null) => number): number | undefined {
  const last = steps.at(-1)
  return last && at(last.finishedAt)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const secondsToMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000)

/** "Running step 3 of 7", as the badge says it. */
export function progressWords(operation: Pick<Operation, 'state' | 'plan' | 'steps'>): string | undefined {
  const { plan, steps, state } = operation
  const ofPlan = (step: StepRow | undefined) => step && `step ${step.ordinal} of ${plan.length}`
  const ups = steps.filter(({ direction }) => direction === 'up')
  const where: Partial<Record<OperationState, string | undefined>> = {
    running: ofPlan(ups.at(-1)),
    failed: ofPlan(ups.findLast((step) => step.state === 'failed')),
    waiting: ofPlan(ups.findLast((step) => step.state === 'failed')),
    undoing: ofPlan(steps.findLast(({ direction }) => direction === 'down')),
  }
  return where[state]
}
