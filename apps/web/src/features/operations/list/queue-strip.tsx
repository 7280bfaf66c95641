import { Link } from '@tanstack/react-router'
import { type Lane, laneBands } from '@tenantry/contracts'
import { classNames } from '../../../ui/class-names.ts'
import { formatCount } from '../../../ui/number-format.ts'
import { StatusIcon } from '../../../ui/status.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import { laneWords } from '../operation-words.ts'
import { useQueue, useWorkers } from '../waiting/use-queue.ts'

const item =
  'num inline-flex h-7 shrink-0 cursor-default items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-ink-2 hover:bg-surface-3/60 aria-pressed:bg-surface-3 aria-pressed:font-medium aria-pressed:text-ink max-md:h-11'

/** The lanes with what waits and runs in each, the workers, and the way to what needs somebody. */
export function QueueStrip(props: { lanes: readonly Lane[]; onChange: (lanes: Lane[]) => void }) {
  const { lanes, onChange } = props
  const queue = useQueue().data
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-3 max-md:h-14">
      <div role="group" aria-label="Lane" className="flex items-center gap-1">
        {queue?.lanes.map(({ lane, queued, running, waiting }) => {
          const inLane = queued + running + waiting
          return (
            <Tooltip
              key={lane}
              content={`${laneBands[lane].holds}: ${queued} queued, ${running} running, ${waiting} waiting`}
            >
              <button
                type="button"
                aria-pressed={lanes.includes(lane)}
                onClick={() => onChange(lanes.length === 1 && lanes[0] === lane ? [] : [lane])}
                className={classNames(item, inLane === 0 && 'text-ink-3')}
              >
                {laneWords[lane]}{' '}
                <span className="text-12 font-normal text-ink-3">{formatCount(inLane)}</span>
              </button>
            </Tooltip>
          )
        })}
      </div>
      <span className="flex-1" />
      <Workers />
      {queue && (
        <Link to="/operations/attention" className={classNames(item, 'text-ink max-md:order-first')}>
          <StatusIcon tone={queue.deadLetters > 0 ? 'failed' : 'ok'} />
          Needs attention{' '}
          <span className="text-12 font-normal text-ink-3">{formatCount(queue.deadLetters)}</span>
        </Link>
      )}
    </div>
  )
}

/** "2 workers, 3 in hand"; each with when it was last heard of. */
function Workers() {
  const workers = useWorkers().data
  if (!workers) return null
  const alive = workers.filter((worker) => worker.alive)
  const silent = workers.length - alive.length
  const inHand = alive.reduce((sum, worker) => sum + worker.inHand, 0)
  return (
    <Tooltip
      content={
        workers.length === 0 ? (
          'Nothing runs until a process with the role worker or all is started.'
        ) : (
          <span className="num grid gap-0.5">
            {workers.map((worker) => (
              <span key={worker.id}>
                <span className="mono">{worker.name}</span>: {worker.inHand} in hand,{' '}
                {worker.alive ? 'seen' : 'silent since'} <TimeStamp at={worker.seenAt} form="relative" />
              </span>
            ))}
          </span>
        )
      }
    >
      <button type="button" className={item}>
        <StatusIcon tone={alive.length === 0 ? 'failed' : silent > 0 ? 'warn' : 'ok'} />
        {alive.length === 1 ? '1 worker' : `${alive.length} workers`}, {inHand} in hand
        {silent > 0 && <span className="text-ink-3">, {silent} silent</span>}
      </button>
    </Tooltip>
  )
}
