import type { Database } from '../control/open-control.ts'
import { openControl } from '../control/open-control.ts'
import { controlTemplate } from './control-template.ts'
import { createTestDatabase, type TestDatabase } from './create-test-database.ts'

export interface ControlTestDatabase extends TestDatabase {
  /** As the product sees it: acting as tenantry_runtime. */
  readonly db: Database
}

/** A migrated control database of its own; `pool` is the superuser's, `db` the runtime role's. */
export async function createControlDatabase(): Promise<ControlTestDatabase> {
  const database = await createTestDatabase({ template: controlTemplate })
  await database.pool.query("select control.keep_sample_partitions(now() - interval '3 days')")
  const runtime = openControl(database.url, { name: 'test', max: 10 })
  return {
    ...database,
    db: runtime.db,
    async drop() {
      await runtime.pool.end()
      await database.drop()
    },
  }
}
