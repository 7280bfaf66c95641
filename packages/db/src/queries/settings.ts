import { settings } from '@tenantry/contracts'
import type { z } from 'zod'
import type { Database } from '../control/open-control.ts'
import { setting } from '../schema/index.ts'

export type Environment = z.infer<(typeof settings)['environment']['schema']>

export interface SettingsView {
  /** Named on every screen. */
  readonly environment: Environment
}

/** Every setting: what somebody chose, else its default. */
export async function getSettings(db: Database): Promise<SettingsView> {
  const rows = await db.select({ key: setting.key, value: setting.value }).from(setting)
  const chosen = settings.environment.schema.safeParse(rows.find(({ key }) => key === 'environment')?.value)
  return { environment: chosen.success ? chosen.data : settings.environment.default }
}
