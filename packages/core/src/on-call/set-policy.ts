import { type EscalationTarget, setPolicyInput, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { channel, escalationPolicy, schedule } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPolicy } from './lock-policy.ts'
import { requireMembers } from './require-members.ts'

/** Adds an escalation, or changes one: incidents that are on their way through it go on by what it says now. */
export const setPolicy = defineVerb({
  action: 'policy.set',
  permission: 'oncall.write',
  input: setPolicyInput,
  async run({ tx, audit }, { policyId, ifVersion, isDefault, ...values }) {
    const before = policyId ? await lockPolicy(tx, policyId, ifVersion) : undefined
    if (before?.isDefault && !isDefault) {
      throw new TenantryError('unlawful_transition', `${before.name} is the default: there must be one.`, {
        action: 'Make another one the default instead.',
      })
    }
    await requireTargets(
      tx,
      values.steps.flatMap(({ targets }) => targets),
    )
    if (isDefault && !before?.isDefault) {
      await tx.update(escalationPolicy).set({ isDefault: false }).where(eq(escalationPolicy.isDefault, true))
    }
    const id = policyId ?? newId('ep')
    const [after] = before
      ? await tx
          .update(escalationPolicy)
          .set({ ...values, isDefault })
          .where(eq(escalationPolicy.id, id))
          .returning()
      : await tx
          .insert(escalationPolicy)
          .values({ id, ...values, isDefault })
          .returning()
    audit({
      target: { kind: 'policy', id },
      ...(before
        ? {
            before: {
              name: before.name,
              steps: before.steps,
              repeat: before.repeat,
              isDefault: before.isDefault,
            },
          }
        : {}),
      after: { ...values, isDefault },
    })
    return { policyId: id, rowVersion: after?.rowVersion ?? 1 }
  },
})

async function requireTargets(tx: Database, targets: readonly EscalationTarget[]): Promise<void> {
  await requireMembers(
    tx,
    targets.flatMap((target) => (target.kind === 'user' ? [target.userId] : [])),
  )
  for (const target of targets) {
    if (target.kind === 'user') continue
    const [found] =
      target.kind === 'channel'
        ? await tx
            .select({ id: channel.id })
            .from(channel)
            .where(and(eq(channel.id, target.channelId), isNull(channel.removedAt)))
        : await tx
            .select({ id: schedule.id })
            .from(schedule)
            .where(and(eq(schedule.id, target.scheduleId), isNull(schedule.removedAt)))
    if (found) continue
    throw new TenantryError('invalid_input', `There is no such ${target.kind} any more.`, {
      field: 'steps',
      action: 'Choose another one.',
    })
  }
}
