import { type PlacementPolicy, settings } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { setting, user } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

export interface PlacementView {
  readonly policy: PlacementPolicy
  /** When it was set, and by whom; null: nobody has, and the default holds. */
  readonly setAt: string | null
  readonly setBy: string | null
}

/** How the clusters of new tenants are chosen. */
export async function readPlacement(db: Database): Promise<PlacementView> {
  const [row] = await db
    .select({ value: setting.value, setAt: setting.updatedAt, setBy: user.name })
    .from(setting)
    .leftJoin(user, eq(user.id, setting.updatedBy))
    .where(eq(setting.key, 'placement'))
  const chosen = settings.placement.schema.safeParse(row?.value)
  return row && chosen.success
    ? { policy: chosen.data, setAt: row.setAt.toISOString(), setBy: row.setBy }
    : { policy: settings.placement.default, setAt: null, setBy: null }
}
