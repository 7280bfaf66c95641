import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { template, templateVersion } from '@tenantry/db/schema'
import { and, desc, eq } from 'drizzle-orm'

/**
 * The version of a template that tenants are built from: the wanted one, else the newest that is ready.
 * @throws TenantryError `not_found`, `template_not_ready`
 */
export async function readyVersion(tx: Database, templateId: string, wanted?: number): Promise<number> {
  const [found] = await tx
    .select({ name: template.name, ready: templateVersion.version })
    .from(template)
    .leftJoin(
      templateVersion,
      and(
        eq(templateVersion.templateId, template.id),
        eq(templateVersion.state, 'ready'),
        wanted ? eq(templateVersion.version, wanted) : undefined,
      ),
    )
    .where(eq(template.id, templateId))
    .orderBy(desc(templateVersion.version))
    .limit(1)
  if (!found) {
    throw new TenantryError('not_found', `There is no template ${templateId}.`, {
      field: 'templateId',
      action: 'Choose one of the templates in the list.',
    })
  }
  if (found.ready === null) {
    throw new TenantryError(
      'template_not_ready',
      wanted
        ? `Version ${wanted} of template ${found.name} is not ready.`
        : `Template ${found.name} has no version that is ready.`,
      {
        field: wanted ? 'templateVersion' : 'templateId',
        action: 'Wait until its build has ended, or read in its operation why it failed.',
      },
    )
  }
  return found.ready
}
