import type { Node } from 'libpg-query'

/** What may not run in a tenant, and what to do instead: the words of every refusal. */
export const migrationRules = {
  'transaction-control': 'Remove it: Tenantry runs each migration in one transaction of its own.',
  settings:
    'Remove it: Tenantry sets the limits and the search_path. A function may carry SET clauses of its own.',
  'other-schema': 'Write names without a schema: a migration runs in the schema of each tenant.',
  roles: 'Remove it: Tenantry gives each tenant its roles, and every new object their privileges.',
  'server-files': 'Remove it: a migration reads and writes no files and no client. Use INSERT.',
  'server-objects':
    'Ask the administrator of the cluster: databases, extensions, servers and languages are shared.',
  'temporary-objects': 'Use an ordinary table and drop it, or a common table expression.',
  locks: 'Remove it: every statement takes the locks that it needs.',
  'not-in-a-transaction':
    'Leave out CONCURRENTLY, or leave out the statement: nothing here runs outside a transaction.',
  'session-state': 'Remove it: the session ends with the migration.',
  language: 'Write the function in sql or plpgsql.',
  'psql-command': 'Remove the line: commands with a backslash belong to psql, not to SQL.',
  syntax: 'Correct the SQL: PostgreSQL 18 does not parse it.',
  'unknown-statement': 'Remove it: Tenantry does not know this kind of statement as safe.',
} as const

export type MigrationRule = keyof typeof migrationRules

/** Statements that a tenant may run, as far as nothing inside them is refused. */
export const allowedStatements: ReadonlySet<string> = new Set([
  ...['CreateStmt', 'AlterTableStmt', 'CreateTableAsStmt', 'ViewStmt', 'RefreshMatViewStmt', 'IndexStmt'],
  ...['CreateSeqStmt', 'AlterSeqStmt', 'CreateStatsStmt', 'AlterStatsStmt', 'ReindexStmt'],
  ...['CreateEnumStmt', 'AlterEnumStmt', 'CreateDomainStmt', 'AlterDomainStmt', 'CompositeTypeStmt'],
  ...['CreateRangeStmt', 'AlterTypeStmt', 'DefineStmt', 'CreateCastStmt', 'AlterOperatorStmt'],
  ...['AlterCollationStmt', 'AlterTSConfigurationStmt', 'AlterTSDictionaryStmt', 'CreateConversionStmt'],
  ...['CreateFunctionStmt', 'AlterFunctionStmt', 'CreateTrigStmt', 'RuleStmt', 'AlterObjectDependsStmt'],
  ...['CreatePolicyStmt', 'AlterPolicyStmt', 'RenameStmt', 'DropStmt', 'CommentStmt', 'GrantStmt'],
  ...['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'SelectStmt', 'TruncateStmt', 'VacuumStmt'],
  ...['DoStmt', 'CallStmt', 'ConstraintsSetStmt'],
])

/** Statements that are refused as a whole, by rule. */
export const refusedStatements: ReadonlyMap<string, MigrationRule> = new Map(
  Object.entries({
    'transaction-control': ['TransactionStmt'],
    settings: ['VariableSetStmt', 'VariableShowStmt', 'AlterSystemStmt', 'AlterDatabaseSetStmt'],
    'other-schema': ['CreateSchemaStmt', 'AlterObjectSchemaStmt'],
    roles: [
      ...['CreateRoleStmt', 'AlterRoleStmt', 'AlterRoleSetStmt', 'DropRoleStmt', 'GrantRoleStmt'],
      ...['AlterOwnerStmt', 'ReassignOwnedStmt', 'DropOwnedStmt', 'AlterDefaultPrivilegesStmt'],
    ],
    'server-files': ['CopyStmt', 'LoadStmt'],
    'server-objects': [
      ...['CreatedbStmt', 'AlterDatabaseStmt', 'AlterDatabaseRefreshCollStmt', 'DropdbStmt'],
      ...[
        'CreateTableSpaceStmt',
        'DropTableSpaceStmt',
        'AlterTableSpaceOptionsStmt',
        'AlterTableMoveAllStmt',
      ],
      ...['CreateExtensionStmt', 'AlterExtensionStmt', 'AlterExtensionContentsStmt', 'CreatePLangStmt'],
      ...['CreateFdwStmt', 'AlterFdwStmt', 'CreateForeignServerStmt', 'AlterForeignServerStmt'],
      ...[
        'CreateForeignTableStmt',
        'ImportForeignSchemaStmt',
        'CreateUserMappingStmt',
        'AlterUserMappingStmt',
      ],
      ...['DropUserMappingStmt', 'CreateEventTrigStmt', 'AlterEventTrigStmt', 'CreatePublicationStmt'],
      ...['AlterPublicationStmt', 'CreateSubscriptionStmt', 'AlterSubscriptionStmt', 'DropSubscriptionStmt'],
      ...[
        'CreateAmStmt',
        'CreateTransformStmt',
        'CreateOpClassStmt',
        'CreateOpFamilyStmt',
        'AlterOpFamilyStmt',
      ],
      ...['SecLabelStmt', 'CheckPointStmt'],
    ],
    locks: ['LockStmt'],
    'not-in-a-transaction': ['ClusterStmt', 'RepackStmt'],
    'session-state': [
      ...['DiscardStmt', 'ListenStmt', 'NotifyStmt', 'UnlistenStmt', 'PrepareStmt', 'ExecuteStmt'],
      ...['DeallocateStmt', 'DeclareCursorStmt', 'FetchStmt', 'ClosePortalStmt'],
    ],
  } satisfies Partial<Record<MigrationRule, string[]>>).flatMap(([rule, types]) =>
    types.map((type): [string, MigrationRule] => [type, rule as MigrationRule]),
  ),
)

/** Functions that reach beyond the tenant, by rule. */
const refusedFunctions: readonly (readonly [RegExp, MigrationRule])[] = [
  [/^(lo_.+|loread|lowrite|pg_read_.+|pg_ls_.+|pg_stat_file|dblink.*)$/, 'server-files'],
  [/^pg_(try_)?advisory_.+$/, 'locks'],
  [/^(set_config|pg_notify|pg_logical_emit_message)$/, 'session-state'],
  [/^pg_(terminate_backend|cancel_backend|reload_conf|rotate_logfile|promote|switch_wal)$/, 'server-objects'],
]

const openSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema'])

type Fields = Record<string, unknown>

/** What about one node of the parse tree is refused, whatever statement it is part of. */
const refusedNodes: { readonly [type: string]: (node: Fields) => MigrationRule | undefined | false } = {
  RangeVar: ({ schemaname, catalogname, relpersistence }) =>
    (isForeign(schemaname) || catalogname !== undefined) && !openSchemas.has(String(schemaname))
      ? 'other-schema'
      : relpersistence === 't' && 'temporary-objects',
  FuncCall: ({ funcname }) => refusedFunction(names(funcname)) ?? refusedName(names(funcname)),
  TypeName: ({ names: parts }) => refusedName(names(parts)),
  ObjectWithArgs: ({ objname }) => refusedName(names(objname)),
  CreateFunctionStmt: ({ funcname }) => refusedName(names(funcname)),
  CreateTrigStmt: ({ funcname }) => refusedName(names(funcname)),
  DefineStmt: ({ defnames }) => refusedName(names(defnames)),
  CreateEnumStmt: ({ typeName }) => refusedName(names(typeName)),
  CreateDomainStmt: ({ domainname }) => refusedName(names(domainname)),
  CreateRangeStmt: ({ typeName }) => refusedName(names(typeName)),
  AlterEnumStmt: ({ typeName }) => refusedName(names(typeName)),
  DropStmt: ({ removeType, objects, concurrent }) => {
    if (removeType === 'OBJECT_SCHEMA') return 'other-schema'
    if (serverObjects.test(String(removeType))) return 'server-objects'
    if (concurrent) return 'not-in-a-transaction'
    if (!schemaObjects.has(String(removeType))) return undefined
    return (objects as Node[] | undefined)?.map((object) => refusedName(names(listOf(object)))).find(Boolean)
  },
  RenameStmt: ({ renameType }) =>
    renameType === 'OBJECT_SCHEMA' ? 'other-schema' : renameType === 'OBJECT_ROLE' && 'roles',
  CommentStmt: ({ objtype }) =>
    objtype === 'OBJECT_SCHEMA'
      ? 'other-schema'
      : objtype === 'OBJECT_ROLE'
        ? 'roles'
        : serverObjects.test(String(objtype)) && 'server-objects',
  GrantStmt: ({ objtype, targtype }) =>
    objtype === 'OBJECT_SCHEMA' || targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
      ? 'other-schema'
      : serverObjects.test(String(objtype)) && 'server-objects',
  RoleSpec: ({ roletype }) => roletype === 'ROLESPEC_CSTRING' && 'roles',
  AlterTableCmd: ({ subtype }) =>
    subtype === 'AT_ChangeOwner' ? 'roles' : subtype === 'AT_SetTableSpace' ? 'server-objects' : undefined,
  PartitionCmd: ({ concurrent }) => concurrent === true && 'not-in-a-transaction',
  IndexStmt: ({ concurrent, tableSpace }) =>
    concurrent ? 'not-in-a-transaction' : tableSpace !== undefined && 'server-objects',
  CreateStmt: ({ tablespacename }) => tablespacename !== undefined && 'server-objects',
  ReindexStmt: ({ kind, params }) =>
    /SCHEMA|SYSTEM|DATABASE/.test(String(kind))
      ? 'other-schema'
      : JSON.stringify(params ?? '').includes('"concurrently"') && 'not-in-a-transaction',
  VacuumStmt: ({ is_vacuumcmd }) => is_vacuumcmd === true && 'not-in-a-transaction',
  DefElem: ({ defname, arg }) => {
    if (defname !== 'language') return undefined
    const language = (arg as { String?: { sval?: string } } | undefined)?.String?.sval?.toLowerCase()
    return language !== undefined && !['sql', 'plpgsql'].includes(language) && 'language'
  },
}

const serverObjects =
  /^OBJECT_(DATABASE|EXTENSION|FDW|FOREIGN_SERVER|FOREIGN_TABLE|LANGUAGE|TABLESPACE|EVENT_TRIGGER|PUBLICATION|SUBSCRIPTION|ACCESS_METHOD|TRANSFORM|USER_MAPPING|LARGEOBJECT|PARAMETER_ACL|OPCLASS|OPFAMILY)$/
const schemaObjects = new Set(
  ['TABLE', 'VIEW', 'MATVIEW', 'INDEX', 'SEQUENCE', 'COLLATION', 'CONVERSION', 'STATISTIC_EXT'].map(
    (kind) => `OBJECT_${kind}`,
  ),
)

/** The rule that one node of the parse tree breaks by itself; its children are asked separately. */
export function ruleBrokenBy(type: string, fields: Fields): MigrationRule | undefined {
  return refusedNodes[type]?.(fields) || undefined
}

function isForeign(schema: unknown): boolean {
  return schema !== undefined && !openSchemas.has(String(schema))
}

/** A name of two parts or more names its schema. */
function refusedName(parts: readonly string[]): MigrationRule | undefined {
  return parts.length > 1 && isForeign(parts[0]) ? 'other-schema' : undefined
}

function refusedFunction(parts: readonly string[]): MigrationRule | undefined {
  const name = parts.at(-1) ?? ''
  return refusedFunctions.find(([pattern]) => pattern.test(name))?.[1]
}

function names(list: unknown): string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: { String?: { sval?: string } }) => item.String?.sval ?? [])
}

function listOf(node: Node): unknown {
  return 'List' in node ? node.List.items : undefined
}
