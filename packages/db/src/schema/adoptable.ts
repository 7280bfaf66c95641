import type { AdoptableSchema } from '@tenantry/contracts'
import { jsonb, text } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'

/** The schemas of a cluster that were made by hand, as a worker last saw them: the API never connects to clusters. */
export const adoptable = control.table('adoptable', {
  clusterId: text('cluster_id')
    .primaryKey()
    .references(() => cluster.id),
  schemas: jsonb().notNull().$type<readonly AdoptableSchema[]>(),
  seenAt: at('seen_at').notNull().defaultNow(),
})
