import { setSettingInput } from '@tenantry/contracts'
import { setting } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Changes one of the settings that administrators choose while the system runs. */
export const setSetting = defineVerb({
  action: 'setting.set',
  permission: 'setting.write',
  input: setSettingInput,
  async run({ tx, actor, audit }, { key, value }) {
    const [before] = await tx.select().from(setting).where(eq(setting.key, key))
    await tx
      .insert(setting)
      .values({ key, value, updatedBy: actor.userId })
      .onConflictDoUpdate({
        target: setting.key,
        set: { value, updatedBy: actor.userId, updatedAt: new Date() },
      })
    audit({
      target: { kind: 'setting', id: key },
      before: { value: before?.value ?? null },
      after: { value },
    })
    return { key, value }
  },
})
