import type { ChannelKind, IncidentEventKind } from '@tenantry/contracts'
import { eventWord } from '../alert-words.ts'
import type { IncidentDetail } from '../use-alerts.ts'

interface LineBase {
  readonly id: string
  readonly at: string
  readonly text: string
  readonly note: string
  readonly isBad: boolean
}
/** One line of what happened: of the timeline, or of a message to somebody. */
export type TrailLine =
  | (LineBase & { readonly kind: 'event'; readonly event: IncidentEventKind })
  | (LineBase & { readonly kind: 'delivery'; readonly channel: ChannelKind; readonly tookMs: number | null })

type Told = Pick<IncidentDetail, 'timeline' | 'deliveries'>

/** The timeline and the deliveries as one list, in order. A delivery says more than the event that it happened. */
export function trailOf({ timeline, deliveries }: Told): TrailLine[] {
  const events = timeline
    .filter(({ kind }) => deliveries.length === 0 || (kind !== 'notified' && kind !== 'undelivered'))
    .map((event): TrailLine => {
      const word = eventWord[event.kind]
      const says = event.kind === 'noted' ? `“${event.text}”` : event.text || word
      return {
        kind: 'event',
        id: event.id,
        at: event.at,
        event: event.kind,
        text: says,
        note: event.userName && !says.includes(event.userName) ? event.userName : '',
        isBad: event.kind === 'undelivered',
      }
    })
  const sent = deliveries.map(
    (one): TrailLine => ({
      kind: 'delivery',
      id: one.id,
      at: one.createdAt,
      channel: one.channelKind,
      text: one.userName ? `${one.channelName} to ${one.userName}` : one.channelName,
      note: outcomeOf(one),
      isBad: one.state === 'failed' || (one.state === 'queued' && one.fault !== null),
      tookMs: one.state === 'delivered' ? one.tookMs : null,
    }),
  )
  return [...events, ...sent].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function outcomeOf(one: IncidentDetail['deliveries'][number]): string {
  const tries = one.attempts > 1 ? `, ${one.attempts} tries` : ''
  switch (one.state) {
    case 'delivered':
      return `${one.status ?? 'delivered'}${tries}`
    case 'failed':
      return `not delivered${tries}: ${one.fault ?? 'no reason given'}`
    case 'superseded':
      return 'overtaken by a newer message'
    case 'queued':
      return one.fault ? `tried again${tries}: ${one.fault}` : 'on its way'
  }
}
