import { acknowledgeSeconds, TenantryError } from '@tenantry/contracts'
import { incident, notification, user } from '@tenantry/db/schema'
import { and, eq, gt } from 'drizzle-orm'
import type { Actor } from '../actor.ts'
import { acknowledgeIncident } from '../alerts/acknowledge-incident.ts'
import type { CoreContext } from '../core-context.ts'
import { authorize, runVerb } from '../run-verb.ts'
import { readAcknowledgeLink } from './acknowledge-link.ts'

/** What a link can still do, for the page that it opens. */
export type LinkState =
  | { readonly kind: 'open'; readonly title: string; readonly severity: string; readonly name: string }
  /** Too late, or not ours: why. */
  | { readonly kind: 'closed'; readonly title: string | null; readonly why: string }

/** What following the link would do now. Changes nothing: mail scanners follow every link. */
export async function lookAtLink(core: CoreContext, link: string): Promise<LinkState> {
  const read = readAcknowledgeLink(core, link)
  if (!read) return { kind: 'closed', title: null, why: 'This link is not one of ours, or not whole.' }
  const [row] = await core.db
    .select({ incident, holder: user.name })
    .from(incident)
    .leftJoin(user, eq(user.id, incident.acknowledgedBy))
    .where(eq(incident.id, read.incidentId))
  const [person] = await core.db.select().from(user).where(eq(user.id, read.userId))
  if (!row || !person || person.disabledAt) {
    return { kind: 'closed', title: null, why: 'There is nothing behind this link any more.' }
  }
  const closed = (why: string): LinkState => ({ kind: 'closed', title: row.incident.title, why })
  if (row.incident.state === 'resolved') return closed('Too late: it is over.')
  if (row.incident.state === 'acknowledged') {
    return closed(
      row.incident.acknowledgedBy === read.userId
        ? 'You have taken it.'
        : `${row.holder ?? 'Somebody'} has already taken it.`,
    )
  }
  if (read.expiresAt < new Date()) return closed('Too late: the link was good for a day. Open the console.')
  const [since] = await core.db
    .select({ id: notification.id })
    .from(notification)
    .where(
      and(
        eq(notification.incidentId, read.incidentId),
        eq(notification.event, 'acknowledged'),
        gt(notification.epoch, read.epoch),
      ),
    )
    .limit(1)
  if (since) return closed('It was taken and given back since: use the link of the newest message.')
  return { kind: 'open', title: row.incident.title, severity: row.incident.severity, name: person.name }
}

/**
 * Takes the incident as the person whom the link was sent to, who must still be allowed to; audited as theirs.
 * @throws TenantryError `unlawful_transition` when it is too late, `forbidden`
 */
export async function acknowledgeByLink(
  core: CoreContext,
  link: string,
  request: Pick<Actor, 'address' | 'requestId'>,
): Promise<void> {
  const state = await lookAtLink(core, link)
  const read = readAcknowledgeLink(core, link)
  if (state.kind === 'closed' || !read) {
    const why = state.kind === 'closed' ? state.why : 'This link is not one of ours.'
    throw new TenantryError('unlawful_transition', why, { action: 'Look at the incident in the console.' })
  }
  const [person] = await core.db.select().from(user).where(eq(user.id, read.userId))
  if (!person) throw new TenantryError('not_found', 'There is no such member.', {})
  const actor: Actor = { userId: person.id, name: person.name, role: person.role, ...request }
  await authorize(core, actor, acknowledgeIncident.action, 'alert.respond')
  await runVerb(core, actor, acknowledgeIncident, {
    incidentId: read.incidentId,
    seconds: acknowledgeSeconds.default,
  })
}
