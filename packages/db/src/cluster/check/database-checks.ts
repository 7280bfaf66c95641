import type { ClusterCheck } from '@tenantry/contracts'
import pg from 'pg'
import { error, ok } from './outcome.ts'
import type { Facts } from './read-facts.ts'

/** What must be so of the database itself. */
export function databaseChecks(facts: Facts): ClusterCheck[] {
  return [control(facts), extensions(facts), languages(facts)]
}

function control({ isControl, database }: Facts): ClusterCheck {
  return isControl
    ? error(
        'control',
        `${database} is a control database: tenants never share a database with what governs them.`,
        `CREATE DATABASE ${pg.escapeIdentifier(`${database}_tenants`)};\n-- and name it in the address`,
      )
    : ok('control', `${database} is not a control database.`)
}

function extensions({ extensions: found }: Facts): ClusterCheck {
  return found.length > 0
    ? error(
        'extensions',
        `The extensions ${found.join(', ')} open connections or files from SQL.`,
        found.map((name) => `DROP EXTENSION ${pg.escapeIdentifier(name)};`).join('\n'),
      )
    : ok('extensions', 'No extension opens connections or files from SQL.')
}

function languages({ languages: found }: Facts): ClusterCheck {
  return found.length > 0
    ? error(
        'languages',
        `The untrusted languages ${found.join(', ')} run with the rights of the server.`,
        found.map((name) => `DROP LANGUAGE ${pg.escapeIdentifier(name)};`).join('\n'),
      )
    : ok('languages', 'Every language is trusted.')
}
