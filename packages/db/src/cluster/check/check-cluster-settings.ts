import type { ClusterCheck } from '@tenantry/contracts'
import type pg from 'pg'
import { databaseChecks } from './database-checks.ts'
import { readFacts } from './read-facts.ts'
import { rightsCheck } from './rights-check.ts'
import { serverChecks } from './server-checks.ts'

/**
 * What about a cluster's server weakens the isolation or the limits of tenants and cannot be set from here. Empty when
 * all is well.
 * @param admin a connection as the installer
 */
export async function checkClusterSettings(admin: pg.ClientBase | pg.Pool): Promise<ClusterCheck[]> {
  const facts = await readFacts(admin)
  return [...serverChecks(facts), ...databaseChecks(facts), rightsCheck(facts)].filter(
    ({ outcome }) => outcome !== 'ok',
  )
}
