import {
  Archive,
  Building2,
  Layers,
  type LucideIcon,
  RotateCcw,
  Server,
  SlidersHorizontal,
  User,
} from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { auditLook } from '../../ui/state-tones.ts'
import { StatusIcon } from '../../ui/status.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { EventSentence } from './event-sentence.tsx'
import { type RecentEvent, useRecentEvents } from './use-fleet-news.ts'

const nouns: Record<string, LucideIcon> = {
  tenant: Building2,
  template: Layers,
  operation: RotateCcw,
  quota: SlidersHorizontal,
  cluster: Server,
  placement: Server,
  backup: Archive,
}

/** Endings carry their status; what a person asked for carries its noun. */
function EventIcon(props: { event: RecentEvent }) {
  const { action, outcome, operationId } = props.event
  if (outcome === 'failed' || outcome === 'cancelled' || (outcome === 'succeeded' && operationId)) {
    return <StatusIcon tone={auditLook[outcome].tone} />
  }
  return <Icon of={nouns[action.split('.')[0] ?? ''] ?? User} className="text-ink-3" />
}

/** The latest changes, newest first, each one line. */
export function RecentEvents() {
  const query = useRecentEvents(20)
  return (
    <section aria-label="Recent events" className="min-w-0">
      <SectionHeader side title="Recent events" />
      <QueryPanel title="Recent events" query={query}>
        {(events) =>
          events.length === 0 ? (
            <p className="border-t border-line px-4 py-2.5 text-ink-3">Nothing has happened yet.</p>
          ) : (
            <ul>
              {events.map((event) => (
                <li
                  key={event.id}
                  className="grid h-7.5 grid-cols-[62px_14px_minmax(0,1fr)_auto] items-center gap-2 border-t border-line px-4"
                >
                  <span className="mono text-ink-3">
                    <TimeStamp at={event.at} form="time" />
                  </span>
                  <EventIcon event={event} />
                  <span className="truncate">
                    <EventSentence event={event} />
                  </span>
                  {/* What a worker ended needs no name; what a person asked for does. */}
                  <span className="max-w-28 truncate text-12 text-ink-3">
                    {(event.outcome === 'requested' || !event.operationId) && event.actorName}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryPanel>
    </section>
  )
}
