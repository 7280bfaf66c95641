import type { AdoptableSchema } from '@tenantry/contracts'
import { eq } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { adoptable } from '../schema/index.ts'
import { iso } from './keyset.ts'

export interface AdoptableSchemas {
  readonly schemas: readonly AdoptableSchema[]
  /** When a worker last looked; null when none has yet. */
  readonly seenAt: string | null
}

/** The schemas of a cluster that can be adopted, or could if nothing stood in the way, by name. */
export async function adoptableSchemas(db: Database, clusterId: string): Promise<AdoptableSchemas> {
  const [row] = await db
    .select({ schemas: adoptable.schemas, seenAt: iso(adoptable.seenAt) })
    .from(adoptable)
    .where(eq(adoptable.clusterId, clusterId))
  return row ?? { schemas: [], seenAt: null }
}
