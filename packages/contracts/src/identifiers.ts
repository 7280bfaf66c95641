import { z } from 'zod'

const idPattern = (prefix: string) => new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`)
const id = (prefix: string, noun: string) =>
  z.string().regex(idPattern(prefix), `Not ${noun} id: expected ${prefix}_ and 26 characters`)

/** Ids are a prefix and a UUIDv7 in base 32: they sort by time and say what they name. */
export const tenantId = id('tn', 'a tenant')
export const operationId = id('op', 'an operation')
export const clusterId = id('cl', 'a cluster')
export const templateId = id('tp', 'a template')
export const userId = id('us', 'a user')
export const bulkId = id('bk', 'a bulk operation')
export const findingId = id('fi', 'a finding')
export const planId = id('pl', 'a plan')
export const alertRuleId = id('ar', 'an alert rule')
export const incidentId = id('in', 'an incident')
export const silenceId = id('si', 'a silence')
export const channelId = id('ch', 'a channel')
export const scheduleId = id('sc', 'a schedule')
export const escalationPolicyId = id('ep', 'an escalation policy')
export const notificationId = id('no', 'a notification')
export const alertSourceId = id('so', 'a source of alerts')
export const scheduleOverrideId = id('ov', 'an override')

/** Names that would be mistaken for a part of the product, of PostgreSQL or of an address. */
export const reservedSlugs: readonly string[] = [
  'admin',
  'all',
  'api',
  'app',
  'control',
  'default',
  'health',
  'information-schema',
  'internal',
  'metrics',
  'new',
  'none',
  'null',
  'postgres',
  'public',
  'root',
  'system',
  'template',
  'tenant',
  'tenantry',
  'test',
  'www',
]

export const slugMaxLength = 48

/** A tenant's slug: part of addresses, connection strings and its schema's name. */
export const slug = z
  .string()
  .trim()
  .min(3, 'A slug has at least 3 characters')
  .max(slugMaxLength, `A slug has at most ${slugMaxLength} characters`)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'A slug starts with a letter and holds lowercase letters, digits and single hyphens only',
  )
  .refine((value) => !reservedSlugs.includes(value), 'This slug is reserved')

/** The schema that holds a tenant: `t_` and the slug with underscores. Slugs hold no underscore, so no two collide. */
export function schemaNameOf(tenantSlug: string): string {
  return `t_${tenantSlug.replaceAll('-', '_')}`
}

/** Where an archived tenant's schema rests: a name that no slug gives, the same however often it is asked for. */
export function archivedSchemaNameOf(tenant: string): string {
  return `t_archived_${tenant.slice(3)}`
}

/** The schema of a spare, until a tenant takes it. */
export function spareSchemaNameOf(spare: string): string {
  return `t_spare_${spare.slice(3)}`
}

/** The three roles of a tenant on its cluster; opaque, so that a rename of the tenant leaves them. */
export function roleNamesOf(tenant: string): { owner: string; writer: string; app: string } {
  return { owner: tenant, writer: `${tenant}_w`, app: `${tenant}_app` }
}
