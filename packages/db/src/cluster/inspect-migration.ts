import {
  allowedStatements,
  type MigrationRule,
  migrationRules,
  refusedStatements,
  ruleBrokenBy,
} from './migration-rules.ts'
import { type ParsedStatement, parseScript, ScriptSyntaxError } from './parse-script.ts'

export interface MigrationRefusal {
  readonly rule: MigrationRule
  /** 1-based number of the statement; undefined when the script does not parse. */
  readonly statement: number | undefined
  /** 1-based line on which the statement begins, or on which parsing stopped. */
  readonly line: number
  /** What is wrong, where, and what to do. */
  readonly message: string
}

export interface MigrationInspection {
  readonly statements: readonly Pick<ParsedStatement, 'number' | 'line' | 'sql'>[]
  /** Empty when the migration may run in a tenant. One per statement and rule. */
  readonly refusals: readonly MigrationRefusal[]
}

/**
 * Reads a migration with PostgreSQL's own parser and refuses what may not run in a tenant: early, with line and advice.
 * This is not the boundary. Bodies of DO and of functions are text here; the tenant's privileges hold them.
 */
export async function inspectMigration(sql: string): Promise<MigrationInspection> {
  try {
    const statements = await parseScript(sql)
    return {
      statements: statements.map(({ number, line, sql }) => ({ number, line, sql })),
      refusals: statements.flatMap(refusalsOf),
    }
  } catch (error) {
    if (!(error instanceof ScriptSyntaxError)) throw error
    const offending = sql.split('\n')[error.line - 1]?.trimStart() ?? ''
    const rule = offending.startsWith('\\') ? 'psql-command' : 'syntax'
    const message = `line ${error.line}, column ${error.column}: ${error.message}. ${migrationRules[rule]}`
    return { statements: [], refusals: [{ rule, statement: undefined, line: error.line, message }] }
  }
}

function refusalsOf(statement: ParsedStatement): MigrationRefusal[] {
  const { number, line, node, sql } = statement
  const [type = ''] = Object.keys(node)
  const rules = new Set<MigrationRule>()
  const whole = refusedStatements.get(type) ?? (allowedStatements.has(type) ? undefined : 'unknown-statement')
  if (whole) rules.add(whole)
  else collect(node, rules)
  const [beginning] = sql.split('\n')
  return [...rules].map((rule) => ({
    rule,
    statement: number,
    line,
    message: `statement ${number}, line ${line} (${shorten(beginning ?? '')}): ${rule}. ${migrationRules[rule]}`,
  }))
}

/** Walks the tree: a node of a known type is an object under a key that is its type, or under a field of that shape. */
function collect(value: unknown, rules: Set<MigrationRule>, field = ''): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, rules)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const fields = value as Record<string, unknown>
  const broken = ruleBrokenBy(shapeOf(field, fields), fields)
  if (broken) rules.add(broken)
  for (const [key, child] of Object.entries(fields)) collect(child, rules, key)
}

/** libpg-query leaves the type away where a field can hold one type only, such as the relation of an INSERT. */
function shapeOf(field: string, fields: Record<string, unknown>): string {
  if (/^[A-Z]/.test(field)) return field
  if ('relname' in fields && 'relpersistence' in fields) return 'RangeVar'
  if ('roletype' in fields) return 'RoleSpec'
  if ('names' in fields && 'typemod' in fields) return 'TypeName'
  if ('objname' in fields) return 'ObjectWithArgs'
  return field
}

function shorten(line: string): string {
  return line.length > 60 ? `${line.slice(0, 57)}…` : line
}
