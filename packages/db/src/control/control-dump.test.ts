import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpSchema } from '../cluster/dump-schema.ts'
import { controlTemplate } from '../testing/control-template.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'

// As it is migrated: without the partitions of today.
let control: TestDatabase
beforeAll(async () => {
  control = await createTestDatabase({ template: controlTemplate })
})
afterAll(() => control.drop())

// Each major's pg_dump writes its own dialect; the committed one is that of the embedded server.
const major = process.env.TENANTRY_TEST_PG_MAJOR ?? '18'

describe('the control schema', () => {
  it.runIf(major === '18')(
    'is what sql/control.snapshot.sql says: run vitest with -u after a change and read the diff',
    async () => {
      const dump = await dumpSchema({ connectionString: control.url }, 'control', {
        privileges: true,
        rows: true,
      })
      const text = dump.replace(/^-- Dumped (from|by) .*\n/gm, '').replace(/^\\(un)?restrict .*\n/gm, '')
      await expect(text).toMatchFileSnapshot('../../sql/control.snapshot.sql')
    },
  )
})
