import { templateVersion } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import { readThrough } from '../cache/read-through.ts'
import type { Region } from '../cache/service-cache.ts'
import type { CoreContext } from '../core-context.ts'

export type TemplateVersion = Readonly<typeof templateVersion.$inferSelect>

/** A version that is ready never changes: the control database lets nobody. */
const snapshots: Region<TemplateVersion> = {
  name: 'snapshot',
  most: 64 * 1024 * 1024,
  sizeOf: ({ snapshot, seed }) => (snapshot?.length ?? 0) + seed.length,
  keeps: ({ state }) => state === 'ready',
}

/** A template's version with its snapshot, which may be large: read once a process when it is ready, not once a claim. */
export async function readVersion(
  core: CoreContext,
  templateId: string,
  version: number,
): Promise<TemplateVersion | null> {
  const load = async () => {
    const [row] = await core.db
      .select()
      .from(templateVersion)
      .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.version, version)))
    return row
  }
  return (await readThrough(core, snapshots, `${templateId}/${version}`, load)) ?? null
}
