import type { Database } from '@tenantry/db'
import { templateVersion } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'

type TemplateVersion = typeof templateVersion.$inferSelect

/** What a process has read of ready versions: they change no more, and a bulk asks for the same one at every claim. */
const ready = new WeakMap<Database, Map<string, TemplateVersion>>()
const mostKept = 20

/** A template's version with its snapshot, which may be large: read once when it is ready. */
export async function readVersion(
  db: Database,
  templateId: string,
  version: number,
): Promise<TemplateVersion | null> {
  const kept = ready.get(db) ?? new Map<string, TemplateVersion>()
  ready.set(db, kept)
  const key = `${templateId}/${version}`
  const known = kept.get(key)
  if (known) return known
  const [row] = await db
    .select()
    .from(templateVersion)
    .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.version, version)))
  if (row?.state !== 'ready') return row ?? null
  // The oldest goes: nobody works with many versions at a time.
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest) kept.delete(oldest)
  kept.set(key, row)
  return row
}
