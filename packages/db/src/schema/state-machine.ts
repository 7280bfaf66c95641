import { boolean, primaryKey, text } from 'drizzle-orm/pg-core'
import { control } from './control.ts'

/** The states of each machine, seeded from contracts. */
export const machineState = control.table(
  'machine_state',
  {
    noun: text().notNull(),
    state: text().notNull(),
    initial: boolean().notNull(),
    final: boolean().notNull(),
    description: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.noun, t.state] })],
)

/** The lawful arrows; a trigger on each table refuses every other move. */
export const machineTransition = control.table(
  'machine_transition',
  { noun: text().notNull(), from: text().notNull(), to: text().notNull(), cause: text().notNull() },
  (t) => [primaryKey({ columns: [t.noun, t.from, t.to] })],
)
