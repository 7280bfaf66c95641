import { type Region, readThrough } from '@tenantry/core'
import {
  type EffectiveQuota,
  getTemplate,
  getTenant,
  listQuotas,
  listTemplates,
  type TemplateDetail,
  type TemplateRow,
  type TenantDetail,
} from '@tenantry/db/queries'
import type { RequestContext } from './context.ts'

// Who may ask is decided before, from the database, at every request: an answer is the same for everybody who may have it.

type Asked = Pick<RequestContext, 'door' | 'seen'>
type ByIdOrSlug = { readonly id: string } | { readonly slug: string }
const keyOf = (by: ByIdOrSlug) => ('id' in by ? by.id : `slug:${by.slug}`)

const registry: Region<TenantDetail> = {
  name: 'registry',
  tagsOf: ({ id, slug, clusterId }) => [`tenant:${id}`, `slug:${slug}`, `cluster:${clusterId}`, 'quotas'],
  most: 5000,
}

/** One tenant with everything that its page shows; undefined when there is none. */
export const cachedTenant = ({ door, seen }: Asked, by: ByIdOrSlug) =>
  readThrough(door.core, registry, keyOf(by), () => getTenant(door.core.db, by), { since: seen })

const quotas: Region<{ tenantId: string | undefined; limits: EffectiveQuota[] }> = {
  name: 'quota',
  tagsOf: ({ tenantId }) => ['quotas', ...(tenantId ? [`tenant:${tenantId}`] : [])],
  most: 5000,
}

/** Every resource with its limits, for a tenant or the fleet. */
export async function cachedQuotas({ door, seen }: Asked, tenantId: string | undefined) {
  const { core } = door
  const load = async () => ({ tenantId, limits: await listQuotas(core.db, tenantId) })
  return (await readThrough(core, quotas, tenantId ?? 'fleet', load, { since: seen }))?.limits ?? []
}

// They count their tenants.
const tagsOfTemplates = () => ['templates', 'tenants']
const templates: Region<TemplateRow[]> = { name: 'template', tagsOf: tagsOfTemplates, most: 1 }
const template: Region<TemplateDetail> = { name: 'template', tagsOf: tagsOfTemplates, most: 200 }

/** Every template with the version that new tenants get. */
export async function cachedTemplates({ door, seen }: Asked) {
  const found = await readThrough(door.core, templates, 'all', () => listTemplates(door.core.db), {
    since: seen,
  })
  return found ?? []
}

/** One template with its versions and migrations; undefined when there is none. */
export const cachedTemplate = ({ door, seen }: Asked, by: ByIdOrSlug) =>
  readThrough(door.core, template, keyOf(by), () => getTemplate(door.core.db, by), { since: seen })
