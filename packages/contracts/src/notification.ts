import type { Severity } from './alert-rule.ts'
import type { NotificationEvent } from './channel.ts'
import type { IncidentState } from './incident.ts'

/** What a message says, whatever the channel: written when it was decided to say it, so that a late one is still true. */
export interface NotificationMessage {
  readonly event: NotificationEvent
  readonly state: IncidentState
  readonly severity: Severity
  /** What is wrong, in a sentence with its figures. */
  readonly title: string
  /** Of whom: `312 tenants on eu-1`. */
  readonly scope: string
  readonly startedAt: string
  readonly resolvedAt: string | null
  readonly composedAt: string
  /** Value and limit, and what else has a name and a figure. */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** The first tenants, at most ten. */
  readonly tenants: readonly string[]
  /** How many more there are. */
  readonly more: number
  /** What stops the harm, in a sentence; empty: nobody has written one. */
  readonly action: string
  /** Who has taken it; null: nobody. */
  readonly holder: string | null
  readonly acknowledgedUntil: string | null
  /** The incident in the console; null while the console has no public address. */
  readonly url: string | null
  readonly runbookUrl: string | null
  /** Where its one reader takes it; null where the channel reaches many. */
  readonly acknowledgeUrl: string | null
  /** The same in a shell. */
  readonly command: string | null
  readonly rule: string
  readonly firing: number
}

const words: Readonly<Record<NotificationEvent, string>> = {
  fired: 'FIRING',
  updated: 'FIRING',
  acknowledged: 'ACKNOWLEDGED',
  resolved: 'RESOLVED',
  test: 'TEST',
}

/** `[FIRING:2|critical] Backups overdue · eu-1`: what stands in a subject, a push and a search. */
export function headline({ event, firing, severity, title, scope }: NotificationMessage): string {
  const count = (event === 'fired' || event === 'updated') && firing > 1 ? `:${firing}` : ''
  return `[${words[event]}${count}|${severity}] ${title}${scope ? ` · ${scope}` : ''}`
}
