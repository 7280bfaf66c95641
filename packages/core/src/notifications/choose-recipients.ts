import { type EscalationTarget, whoIsOnCall } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { channel, schedule, scheduleOverride, user } from '@tenantry/db/schema'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'

/** Whom, by what: a channel, and the person where it reaches one. */
export interface Recipient {
  readonly channelId: string
  readonly userId: string | null
}

export interface Chosen {
  readonly recipients: readonly Recipient[]
  /** Why some of those who were to be told are not: sentences. */
  readonly missing: readonly string[]
}

/** Who is told at a step of an escalation, now. People are reached by e-mail, through the oldest e-mail channel in use. */
export async function chooseRecipients(
  tx: Database,
  targets: readonly EscalationTarget[],
  now: Date,
): Promise<Chosen> {
  const channels = await tx
    .select()
    .from(channel)
    .where(isNull(channel.removedAt))
    .orderBy(asc(channel.createdAt), asc(channel.id))
  const mail = channels.find(({ kind, enabled }) => kind === 'email' && enabled)
  const recipients = new Map<string, Recipient>()
  const missing: string[] = []
  const add = (one: Recipient) => recipients.set(`${one.channelId} ${one.userId}`, one)

  const reach = async (userId: string) => {
    const [person] = await tx.select().from(user).where(eq(user.id, userId))
    if (!person || person.disabledAt) missing.push(`${person?.name ?? userId} is no member any more.`)
    else if (!mail) missing.push(`${person.name} cannot be reached: there is no e-mail channel in use.`)
    else add({ channelId: mail.id, userId })
  }

  for (const target of targets) {
    if (target.kind === 'user') await reach(target.userId)
    else if (target.kind === 'channel') {
      const found = channels.find(({ id }) => id === target.channelId)
      if (found?.enabled) add({ channelId: found.id, userId: null })
      else missing.push(`${found?.name ?? target.channelId} is out of use.`)
    } else {
      const [rota] = await tx.select().from(schedule).where(eq(schedule.id, target.scheduleId))
      const overrides = await tx
        .select()
        .from(scheduleOverride)
        .where(and(eq(scheduleOverride.scheduleId, target.scheduleId), gt(scheduleOverride.endsAt, now)))
        .orderBy(asc(scheduleOverride.createdAt))
      const shift = rota && !rota.removedAt ? whoIsOnCall(rota, overrides, now) : undefined
      if (shift) await reach(shift.userId)
      else missing.push(`Nobody is on call in ${rota?.name ?? target.scheduleId}.`)
    }
  }
  return { recipients: [...recipients.values()], missing }
}
