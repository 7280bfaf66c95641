import type { OperationError, TemplateState } from '@tenantry/contracts'
import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { migration, templateVersion } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

export interface TemplateRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly createdAt: string
  /** The version that new tenants get; null while none is ready. */
  readonly readyVersion: number | null
  readonly newestVersion: number | null
  readonly newestState: TemplateState | null
  readonly fingerprint: string | null
  readonly migrations: number
  /** Without discarded and purged ones. */
  readonly tenants: number
}

/** Every template, by name. */
export async function listTemplates(db: Database): Promise<TemplateRow[]> {
  const { rows } = await db.execute<TemplateRow & Record<string, unknown>>(sql`
    select t.id, t.slug, t.name, t.description, control.iso(t.created_at) as "createdAt",
      ready.version as "readyVersion", ready.fingerprint, newest.version as "newestVersion",
      newest.state as "newestState",
      (select count(*)::int from control.migration m where m.template_id = t.id) as migrations,
      (select count(*)::int from control.tenant x where x.template_id = t.id and x.state not in ('discarded', 'purged')) as tenants
    from control.template t
    left join lateral (
      select v.version, v.fingerprint from control.template_version v
      where v.template_id = t.id and v.state = 'ready' order by v.version desc limit 1) ready on true
    left join lateral (
      select v.version, v.state from control.template_version v
      where v.template_id = t.id order by v.version desc limit 1) newest on true
    order by t.name`)
  return rows
}

export interface TemplateVersionRow {
  readonly version: number
  readonly state: TemplateState
  readonly method: 'dump' | 'history' | null
  readonly fingerprint: string | null
  readonly statements: number | null
  readonly relations: number | null
  readonly error: OperationError | null
  readonly createdAt: string
  readonly builtAt: string | null
  /** Without discarded and purged ones. */
  readonly tenants: number
}

export interface MigrationRow {
  readonly version: number
  readonly name: string
  /** sha256 of the text, hex. */
  readonly checksum: string
  readonly bytes: number
  readonly publishedAt: string
}

export interface TemplateDetail extends Omit<TemplateRow, 'migrations'> {
  /** Newest first. */
  readonly versions: TemplateVersionRow[]
  /** In the order in which they run. */
  readonly migrations: MigrationRow[]
}

/** One template with its versions and migrations (without their texts); undefined when there is none. */
export async function getTemplate(
  db: Database,
  by: { readonly id: string } | { readonly slug: string },
): Promise<TemplateDetail | undefined> {
  const row = (await listTemplates(db)).find((entry) =>
    'id' in by ? entry.id === by.id : entry.slug === by.slug,
  )
  if (!row) return undefined
  const versions = await db
    .select({
      version: templateVersion.version,
      state: templateVersion.state,
      method: templateVersion.method,
      fingerprint: templateVersion.fingerprint,
      statements: templateVersion.statements,
      relations: templateVersion.relations,
      error: templateVersion.error,
      createdAt: iso(templateVersion.createdAt),
      builtAt: isoOrNull(templateVersion.builtAt),
      tenants: sql<number>`(
        select count(*)::int from control.tenant x
        where x.template_id = template_version.template_id and x.template_version = template_version.version
          and x.state not in ('discarded', 'purged'))`,
    })
    .from(templateVersion)
    .where(eq(templateVersion.templateId, row.id))
    .orderBy(desc(templateVersion.version))
  const migrations = await db
    .select({
      version: migration.version,
      name: migration.name,
      checksum: migration.checksum,
      bytes: sql<number>`octet_length(${migration.sql})`,
      publishedAt: iso(migration.publishedAt),
    })
    .from(migration)
    .where(eq(migration.templateId, row.id))
    .orderBy(asc(migration.version))
  return { ...row, versions, migrations }
}
