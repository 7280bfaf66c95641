import type pg from 'pg'
import { inSchema } from './in-snapshot.ts'

interface LoudTrigger {
  readonly table: string
  readonly trigger: string
  readonly mode: 'ALWAYS' | 'REPLICA'
}

/**
 * Calls `work` with the triggers off that fire also where ordinary ones are silent (ENABLE ALWAYS, ENABLE REPLICA), and
 * puts each back to what it was.
 */
export async function silenced(client: pg.Client, schema: string, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<LoudTrigger>(
    `SELECT c.relname AS table, t.tgname AS trigger, CASE t.tgenabled WHEN 'A' THEN 'ALWAYS' ELSE 'REPLICA' END AS mode
     FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = pg_catalog.to_regnamespace($1) AND c.relkind IN ('r', 'p')
       AND t.tgenabled IN ('A', 'R') AND NOT t.tgisinternal
     ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`,
    [schema],
  )
  const alter = async (act: (trigger: LoudTrigger) => string) => {
    for (const each of rows) {
      await client.query(
        `ALTER TABLE ONLY ${inSchema(schema)(each.table)} ${act(each)} TRIGGER ${client.escapeIdentifier(each.trigger)}`,
      )
    }
  }
  await alter(() => 'DISABLE')
  await work()
  await alter(({ mode }) => `ENABLE ${mode}`)
}
