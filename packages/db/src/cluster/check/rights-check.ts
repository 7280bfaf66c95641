import type { ClusterCheck } from '@tenantry/contracts'
import pg from 'pg'
import { error, ok, warning } from './outcome.ts'
import type { Facts } from './read-facts.ts'

/** Whether the installer may do what installing and administering takes: a superuser, or what exactly it lacks. */
export function rightsCheck(facts: Facts): ClusterCheck {
  if (facts.super) return ok('rights', `${facts.user} is a superuser.`)
  const user = pg.escapeIdentifier(facts.user)
  const database = pg.escapeIdentifier(facts.database)
  const needed = [
    { has: facts.createRole, what: 'CREATEROLE', mend: `ALTER ROLE ${user} CREATEROLE;` },
    { has: facts.createDatabase, what: 'CREATEDB', mend: `ALTER ROLE ${user} CREATEDB;` },
    {
      has: facts.owner,
      what: 'ownership of the database',
      mend: `ALTER DATABASE ${database} OWNER TO ${user};`,
    },
    {
      has: facts.create,
      what: 'CREATE on the database',
      mend: `GRANT CREATE ON DATABASE ${database} TO ${user};`,
    },
    { has: facts.signal, what: 'pg_signal_backend', mend: `GRANT pg_signal_backend TO ${user};` },
    { has: facts.monitor, what: 'pg_read_all_stats', mend: `GRANT pg_read_all_stats TO ${user};` },
  ].filter(({ has }) => !has)
  if (needed.length > 0) {
    return error(
      'rights',
      `${facts.user} is no superuser and lacks ${needed.map(({ what }) => what).join(', ')}.`,
      needed.map(({ mend }) => mend).join('\n'),
    )
  }
  return warning(
    'rights',
    `${facts.user} may do what is needed and is no superuser: functions of pg_catalog stay open to tenants (advisory locks, large objects), and no event trigger guards the tenants’ group.`,
    `ALTER ROLE ${user} SUPERUSER;`,
  )
}
