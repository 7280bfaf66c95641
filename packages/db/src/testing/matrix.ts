import { spawnSync } from 'node:child_process'
import { embeddedMajors } from '../embedded/index.ts'

/**
 * Runs the database and worker tests on one PostgreSQL major after the other: all that are supported, or those named on
 * the command line.
 */
const wanted = process.argv.slice(2).map(Number)
const majors = wanted.length ? wanted : embeddedMajors
const outcomes = majors.map((major) => {
  console.log(`\nPostgreSQL ${major}`)
  const { status } = spawnSync(
    'vitest',
    ['run', '--project', 'db', '--project', 'worker', '--project', 'examples'],
    {
      stdio: 'inherit',
      env: { ...process.env, TENANTRY_TEST_PG_MAJOR: String(major) },
    },
  )
  return { PostgreSQL: major, outcome: status === 0 ? 'passed' : 'failed' }
})
console.table(outcomes)
process.exitCode = outcomes.every(({ outcome }) => outcome === 'passed') ? 0 : 1
