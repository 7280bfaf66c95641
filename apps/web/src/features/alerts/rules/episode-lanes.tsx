import { Mono } from '../../../ui/tag.tsx'
import { TimeStamp } from '../../../ui/time.tsx'
import { layOutEpisodes } from './lay-out-episodes.ts'
import type { Preview } from './use-rule-preview.ts'

/** When it would have fired for whom: a lane each for the six that it would have fired for longest. */
export function EpisodeLanes(props: { preview: Preview }) {
  const { preview } = props
  const lanes = layOutEpisodes(preview)
  if (lanes.length === 0) return null
  return (
    <figure className="mt-3" aria-label="When it would have fired, for whom">
      <ul className="grid gap-1">
        {lanes.map((lane) => (
          <li key={lane.id} className="grid grid-cols-[96px_minmax(0,1fr)] items-center gap-2">
            <Mono className="truncate">{lane.name}</Mono>
            <span className="tone-failed relative block h-3 overflow-hidden rounded-[2px] bg-surface-3">
              {lane.bars.map((bar) => (
                <span
                  key={bar.left}
                  className="absolute inset-y-0 bg-tone"
                  style={{ left: `min(${bar.left}%, 100% - 3px)`, width: `max(3px, ${bar.width}%)` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <figcaption className="mt-1 flex justify-between pl-26 text-12 text-ink-3">
        <TimeStamp at={preview.from} form="date" />
        <span>now</span>
      </figcaption>
    </figure>
  )
}
