import { z } from 'zod'
import { planId, tenantId } from './identifiers.ts'

/**
 * What can be limited for a tenant, with its unit. `held`: how the limit is kept · `writes`: measured, and beyond it
 * nothing more may be written · `server`: PostgreSQL itself refuses what goes beyond · `jobs`: of what Tenantry runs.
 */
export const quotaResources = {
  storage_bytes: { title: 'Storage', unit: 'bytes', held: 'writes' },
  relations: { title: 'Relations', unit: 'count', held: 'server' },
  connections: { title: 'Connections', unit: 'count', held: 'server' },
  /** Of one session. */
  temp_bytes: { title: 'Temporary space', unit: 'bytes', held: 'server' },
  /** Of one statement of a migration or another job. */
  statement_seconds: { title: 'Statement time of jobs', unit: 'seconds', held: 'jobs' },
} as const
export type QuotaResource = keyof typeof quotaResources

export const quotaResource = z.enum(Object.keys(quotaResources) as [QuotaResource, ...QuotaResource[]])

/** Resources that fill up and stay full: a tenant has a level in each. The others are over as soon as a session ends. */
export const levelledResources = ['storage_bytes', 'relations'] as const satisfies readonly QuotaResource[]

/** Where a tenant stands with a limit. */
export const quotaLevels = {
  ok: 'Below 80 % of the limit.',
  warned: 'Above 80 % of the limit.',
  critical: 'Above 95 % of the limit.',
  exceeded: 'Over the limit, within its time of grace.',
  blocked: 'Over the limit, and held by the database.',
} as const
export type QuotaLevel = keyof typeof quotaLevels

const limit = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const graceSeconds = z.number().int().min(0).max(7_776_000).default(0)

const hasGraceOnlyWhereHeld = (value: { resource: QuotaResource; graceSeconds: number }) =>
  value.graceSeconds === 0 || quotaResources[value.resource].held === 'writes'
const graceRefusal = {
  message: 'Only storage has a time of grace: PostgreSQL itself refuses the rest',
  path: ['graceSeconds'],
}

export const setQuotaInput = z
  .object({
    /** Both left out: the default of the whole fleet. */
    tenantId: tenantId.optional(),
    planId: planId.optional(),
    resource: quotaResource,
    graceSeconds,
    /** `null` takes the override away. */
    limit: limit.nullable(),
    /** A tenant's own limit holds until then; afterwards its plan's or the fleet's does again. */
    until: z.iso.datetime().optional(),
    /** Why it is an exemption. */
    reason: z.string().trim().max(500).optional(),
  })
  .refine((value) => !value.tenantId || !value.planId, { message: 'A limit is of a tenant or of a plan' })
  .refine((value) => !value.until || value.tenantId, {
    message: 'Only a tenant’s own limit has an end',
    path: ['until'],
  })
  .refine((value) => !value.until || value.reason, { message: 'Say why', path: ['reason'] })
  .refine(hasGraceOnlyWhereHeld, graceRefusal)

const draftLimit = z
  .object({ resource: quotaResource, graceSeconds, limit: limit.nullable() })
  .refine(hasGraceOnlyWhereHeld, graceRefusal)

/** Limits as a whole: a resource that is not named has none. */
export const draftLimits = z
  .array(draftLimit)
  .max(Object.keys(quotaResources).length)
  .refine((all) => new Set(all.map(({ resource }) => resource)).size === all.length, {
    message: 'A resource is named once',
  })
export type DraftLimits = z.output<typeof draftLimits>

export const setPlanInput = z
  .object({
    /** Left out: a new plan. */
    planId: planId.optional(),
    /** Of the plan as it was when it was opened. */
    ifVersion: z.number().int().positive().optional(),
    name: z.string().trim().min(1, 'A plan has a name').max(80),
    description: z.string().trim().max(500).default(''),
    limits: draftLimits,
  })
  .refine((value) => !value.planId || value.ifVersion, {
    message: 'Say which version you have seen',
    path: ['ifVersion'],
  })

export const removePlanInput = z.object({ planId })

export const assignPlanInput = z.object({
  /** Null: none, so that the fleet's defaults hold. */
  planId: planId.nullable(),
  tenantIds: z.array(tenantId).min(1).max(500),
})

export const simulateQuotasInput = z
  .object({
    /** Both left out: the defaults of the whole fleet. */
    tenantId: tenantId.optional(),
    planId: planId.optional(),
    limits: draftLimits,
  })
  .refine((value) => !value.tenantId || !value.planId, { message: 'Limits are of a tenant or of a plan' })
