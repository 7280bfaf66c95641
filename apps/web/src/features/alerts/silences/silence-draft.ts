import { addSilenceInput, type Matcher, type SilenceKind } from '@tenantry/contracts'
import type { Incident } from '../use-alerts.ts'

/** A silence while it is written. */
export interface SilenceDraft {
  readonly kind: SilenceKind
  readonly matchers: readonly Matcher[]
  /** `now`, or a moment as the field writes it: `2026-11-22T22:00`. */
  readonly starts: string
  /** Seconds from its start, or a moment as the field writes it. */
  readonly ends: number | string
  readonly comment: string
}

/** How long a silence may last at a press. */
export const silenceLengths = [
  { seconds: 1800, label: '30 min' },
  { seconds: 3600, label: '1 h' },
  { seconds: 7200, label: '2 h' },
  { seconds: 14_400, label: '4 h' },
  { seconds: 43_200, label: '12 h' },
  { seconds: 86_400, label: '24 h' },
] as const

export function emptySilence(kind: SilenceKind = 'silence'): SilenceDraft {
  return { kind, matchers: [], starts: 'now', ends: 7200, comment: '' }
}

/** What an incident’s alerts have in common: its rule, and its cluster or its only tenant. */
export function draftForIncident(
  incident: Pick<Incident, 'ruleId' | 'clusterId' | 'severity' | 'total'> & {
    readonly members: readonly Pick<Incident['members'][number], 'tenantId' | 'clusterId'>[]
  },
): SilenceDraft {
  const only = incident.total === 1 ? incident.members[0] : undefined
  const is = (fact: string, value: string | null | undefined): Matcher[] =>
    value ? [{ fact, operator: 'is', values: [value] }] : []
  const matchers = [
    ...is('rule', incident.ruleId),
    ...(only?.tenantId ? is('tenant', only.tenantId) : is('cluster', incident.clusterId ?? only?.clusterId)),
  ]
  return {
    ...emptySilence(),
    matchers: matchers.length > 0 ? matchers : is('severity', incident.severity),
  }
}

/** A moment from a field of type `datetime-local`, in the zone in which the page shows times: the reader’s own or UTC. */
export function readMoment(typed: string, zone: string): number {
  return Date.parse(zone === 'UTC' ? `${typed}Z` : typed)
}

/** The silence that a draft means, or what is missing from it. */
export function readSilence(
  draft: SilenceDraft,
  now: number,
  zone: string,
): { silence: Omit<ReturnType<typeof addSilenceInput.parse>, 'idempotencyKey'> } | { missing: string } {
  const starts = draft.starts === 'now' ? now : readMoment(draft.starts, zone)
  if (Number.isNaN(starts)) return { missing: 'Choose when it begins.' }
  const ends = typeof draft.ends === 'number' ? starts + draft.ends * 1000 : readMoment(draft.ends, zone)
  if (Number.isNaN(ends)) return { missing: 'Choose when it ends.' }
  if (ends <= now) return { missing: 'It would be over before it began.' }
  const read = addSilenceInput.safeParse({
    idempotencyKey: 'not-sent-yet',
    kind: draft.kind,
    matchers: draft.matchers,
    startsAt: new Date(starts).toISOString(),
    endsAt: new Date(ends).toISOString(),
    comment: draft.comment,
  })
  if (!read.success) return { missing: read.error.issues[0]?.message ?? 'This is no silence.' }
  const { idempotencyKey: _, ...silence } = read.data
  return { silence }
}
