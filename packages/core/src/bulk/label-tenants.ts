import { labelTenantsInput, TenantryError } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { and, asc, inArray, sql } from 'drizzle-orm'
import { appendAudits } from '../audit/append-audit.ts'
import { defineVerb } from '../run-verb.ts'
import { chooseTenants } from './choose-tenants.ts'

/** One transaction changes them all: at most so many at once, or others wait too long behind it. */
const mostLabelled = 20_000
const mostLabels = 20

/**
 * Sets and removes labels of many tenants at once. It touches no cluster, so there are no children to wait for: all are
 * changed, or none. Tenants that have it so already stay as they are.
 */
export const labelTenants = defineVerb({
  action: 'tenant.annotate',
  permission: 'bulk.run',
  input: labelTenantsInput,
  alsoNeeds: () => ['tenant.annotate'],
  async run({ tx, actor }, { target, set, remove, expectCount }) {
    const ids = await chooseTenants(tx, { kind: 'tenant.annotate', target }, expectCount)
    if (ids.length > mostLabelled) {
      throw new TenantryError('invalid_input', `At most ${mostLabelled} tenants are labelled at once.`, {
        field: 'target',
        action: 'Narrow the filter.',
      })
    }
    const chosen = inArray(tenant.id, sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
    const wanted = sql<
      Record<string, string>
    >`(${tenant.labels} || ${JSON.stringify(set)}::jsonb) - ${sql.param(remove)}::text[]`
    const before = await tx
      .select({ id: tenant.id, slug: tenant.slug, labels: tenant.labels, wanted })
      .from(tenant)
      .where(and(chosen, sql`${tenant.labels} is distinct from ${wanted}`))
      .orderBy(asc(tenant.id))
      .for('update')
    const overfull = before.find((row) => Object.keys(row.wanted).length > mostLabels)
    if (overfull) {
      throw new TenantryError(
        'invalid_input',
        `${overfull.slug} would have more than ${mostLabels} labels.`,
        {
          field: 'set',
          action: 'Remove some of its labels first, or leave it out.',
        },
      )
    }
    if (before.length) {
      await tx
        .update(tenant)
        .set({ labels: wanted, updatedAt: new Date() })
        .where(
          inArray(
            tenant.id,
            sql`(select jsonb_array_elements_text(${JSON.stringify(before.map(({ id }) => id))}::jsonb))`,
          ),
        )
    }
    for (let at = 0; at < before.length; at += 1000) {
      await appendAudits(
        tx,
        actor,
        before.slice(at, at + 1000).map((row) => ({
          action: 'tenant.annotate' as const,
          outcome: 'succeeded' as const,
          tenantId: row.id,
          target: { kind: 'tenant', id: row.id },
          before: { labels: row.labels },
          after: { labels: row.wanted },
        })),
      )
    }
    return { changed: before.length, unchanged: ids.length - before.length }
  },
})
