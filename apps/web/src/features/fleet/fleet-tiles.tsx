import { Link } from '@tanstack/react-router'
import { tenantLook } from '../../ui/state-tones.ts'
import { StatusIcon } from '../../ui/status.tsx'
import type { Fleet } from './fleet-changes.ts'

type Cell = Fleet['clusters'][number]['cells'][number]

/** A small fleet by name: cells of 24 px with icon and slug, in columns. Each is a link. */
export function FleetTiles(props: { cells: readonly Cell[] }) {
  return (
    <ul className="grid max-md:grid-cols-2 grid-cols-[repeat(auto-fill,minmax(200px,1fr))]">
      {props.cells.map(([id, slug, state]) => {
        const look = tenantLook[state]
        return (
          <li key={id} className="min-w-0">
            <Link
              to="/tenants/$slug"
              params={{ slug }}
              title={`${slug}: ${look.word}`}
              className="flex h-6 items-center gap-2 rounded-sm px-1.5 hover:bg-surface-3 max-md:h-9"
            >
              <StatusIcon tone={look.tone} size={12} />
              <span className="mono truncate">{slug}</span>
              <span className="sr-only">{look.word}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
