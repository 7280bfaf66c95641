import { type ParsedStatement, parseScript } from './parse-script.ts'

/**
 * Keeps of a dump what a tenant runs to build its own schema: no session settings, no schema, no owners. Function
 * bodies are not checked while it runs, because pg_dump writes functions before the tables that they use.
 */
export async function reduceDump(dump: string): Promise<string> {
  const kept = (await parseScript(dump)).filter((statement) => !isOutsideTheSchema(statement))
  return ['SET LOCAL check_function_bodies = false', ...kept.map(({ sql }) => sql)]
    .join(';\n\n')
    .concat(';\n')
}

function isOutsideTheSchema({ node, sql }: ParsedStatement): boolean {
  if ('SelectStmt' in node) return sql.includes('pg_catalog.set_config(')
  if ('CommentStmt' in node) return node.CommentStmt.objtype === 'OBJECT_SCHEMA'
  if ('GrantStmt' in node) return node.GrantStmt.objtype === 'OBJECT_SCHEMA'
  return ['VariableSetStmt', 'CreateSchemaStmt', 'AlterOwnerStmt'].some((type) => type in node)
}
