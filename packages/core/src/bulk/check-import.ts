import {
  checkRows,
  type ErrorCode,
  type ImportFault,
  type ImportRow,
  tenantMachine,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, template, templateVersion, tenant } from '@tenantry/db/schema'
import { and, desc, eq, inArray, notInArray, sql } from 'drizzle-orm'

/** A row that can be imported, as the child's request holds it. */
export interface GoodRow {
  readonly row: number
  readonly slug: string
  readonly displayName: string
  readonly templateId: string
  readonly clusterId?: string
  readonly labels: Record<string, string>
  readonly notes: string
}

export interface CheckedImport {
  readonly good: GoodRow[]
  /** Every fault of every wrong row, by row. */
  readonly faults: ImportFault[]
  readonly wrongRows: number
}

/**
 * Says of each row whether it can be imported, and else what is wrong in which column: what the cells show by
 * themselves, then what the registry knows. Four questions to it, however many rows.
 * @param template for rows that name none: a template's slug or id
 */
export async function checkImport(
  db: Database,
  rows: readonly ImportRow[],
  template: string,
): Promise<CheckedImport> {
  const { sound, faults } = checkRows(rows, template)
  const templates = await readTemplates(db)
  const clusters = new Map(
    (
      await db
        .select({ id: cluster.id, name: cluster.name, state: cluster.state })
        .from(cluster)
        // A detached one has left its name to another.
        .orderBy(desc(sql`${cluster.state} = 'detached'`))
    ).map((one) => [one.name, one]),
  )
  const taken = await readTaken(
    db,
    sound.map((row) => row.slug),
  )
  const good: GoodRow[] = []
  for (const row of sound) {
    const wrong: ImportFault[] = []
    const fault = (column: 'slug' | 'template' | 'cluster', code: ErrorCode, message: string) =>
      wrong.push({ row: row.row, column, value: row[column].slice(0, 200), code, message })
    const holder = taken.get(row.slug)
    if (holder) fault('slug', 'slug_taken', `The slug is taken by ${holder}`)
    const known = templates.get(row.template)
    if (!known) fault('template', 'not_found', 'There is no such template')
    else if (!known.isReady)
      fault('template', 'template_not_ready', 'The template has no version that is ready')
    const wanted = row.cluster ? clusters.get(row.cluster) : undefined
    if (row.cluster && !wanted) fault('cluster', 'not_found', 'There is no cluster of this name')
    else if (wanted && wanted.state !== 'active') {
      fault('cluster', 'no_cluster', `The cluster is ${wanted.state} and takes no new tenants`)
    }
    if (wrong.length || !known) faults.push(...wrong)
    else {
      const { slug, displayName, labels, notes } = row
      good.push({
        row: row.row,
        slug,
        displayName,
        templateId: known.id,
        ...(wanted ? { clusterId: wanted.id } : {}),
        labels,
        notes,
      })
    }
  }
  faults.sort((a, b) => a.row - b.row)
  return { good, faults, wrongRows: new Set(faults.map(({ row }) => row)).size }
}

/** Every template by its slug and by its id. */
async function readTemplates(db: Database): Promise<Map<string, { id: string; isReady: boolean }>> {
  const found = await db
    .select({
      id: template.id,
      slug: template.slug,
      isReady: sql<boolean>`exists (select from ${templateVersion}
        where ${and(eq(templateVersion.templateId, template.id), eq(templateVersion.state, 'ready'))})`,
    })
    .from(template)
  return new Map(found.flatMap((one) => [[one.slug, one] as const, [one.id, one] as const]))
}

/** Who holds which of these slugs. */
async function readTaken(db: Database, slugs: readonly string[]): Promise<Map<string, string>> {
  const holders = await db
    .select({ slug: tenant.slug, displayName: tenant.displayName })
    .from(tenant)
    .where(
      and(
        inArray(tenant.slug, sql`(select jsonb_array_elements_text(${JSON.stringify(slugs)}::jsonb))`),
        notInArray(tenant.state, [...tenantMachine.final]),
      ),
    )
  return new Map(holders.map((holder) => [holder.slug, holder.displayName]))
}
