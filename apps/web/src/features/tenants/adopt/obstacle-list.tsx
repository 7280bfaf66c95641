import type { AdoptionObstacle } from '@tenantry/contracts'
import { StatusIcon } from '../../../ui/status.tsx'

/** What stands in the way, and what is worth knowing, a sentence each. */
export function ObstacleList(props: { obstacles: readonly AdoptionObstacle[] }) {
  return (
    <ul className="grid max-w-160 gap-1.5">
      {props.obstacles.map(({ code, grave, words }) => (
        <li key={words} className="flex items-start gap-2" data-code={code}>
          <span className="pt-0.75">
            <StatusIcon tone={grave ? 'failed' : 'warn'} size={12} />
          </span>
          <span className="min-w-0 break-words text-ink-2">{words}</span>
        </li>
      ))}
    </ul>
  )
}
