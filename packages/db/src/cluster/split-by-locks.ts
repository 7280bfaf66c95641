import type { Statement } from './split-script.ts'

/** What of a CREATE TABLE or ALTER TABLE makes relations of its own, or locks another table. */
const makers = /\b(?:primary\s+key|unique|exclude\s+using|identity|(?:big|small)?serial\d?|references)\b/gi

/**
 * About how many locks a statement of a script takes until its transaction ends; rather too many than too few. What a
 * function or a DO block does cannot be seen from here: the cluster stops those.
 */
export function locksOf(sql: string): number {
  const [, first = '', second = ''] = /^(\w+)(?:\s+(?:or\s+replace\s+)?(\w+))?/i.exec(sql) ?? []
  const made = sql.match(makers)?.length ?? 0
  switch (`${first} ${second}`.toLowerCase()) {
    // Itself, its TOAST table with an index, its types; then what it makes or refers to.
    case 'create table':
    case 'create unlogged':
      return 4 + made
    case 'alter table':
      return 2 + made
    case 'create index':
    case 'create unique':
    case 'create sequence':
    case 'create function':
    case 'create procedure':
    case 'create type':
    case 'create trigger':
    case 'create policy':
    case 'comment on':
      return 2
    default:
      return 6
  }
}

/**
 * Parts of a script, each of which takes about `budget` locks at most; a statement that takes more is a part of its own.
 * What is deferred to a COMMIT must not be torn apart: such a script stays whole.
 */
export function splitByLocks(statements: readonly Statement[], budget: number): Statement[][] {
  if (statements.some(({ sql }) => /^set\s+constraints\b/i.test(sql))) return [[...statements]]
  const parts: Statement[][] = []
  let part: Statement[] = []
  let locks = 0
  for (const statement of statements) {
    const more = locksOf(statement.sql)
    if (part.length && locks + more > budget) {
      parts.push(part)
      part = []
      locks = 0
    }
    part.push(statement)
    locks += more
  }
  if (part.length) parts.push(part)
  return parts
}
