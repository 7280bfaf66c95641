import { z } from 'zod'
import { clusterId, slug, slugMaxLength, templateId } from './identifiers.ts'
import { displayName, idempotencyKey, labels } from './tenant.ts'

/** Something that stands in the way of adopting a schema: a grave one forbids it, the others are to be known. */
export interface AdoptionObstacle {
  readonly code: string
  readonly grave: boolean
  /** A sentence that names the objects. */
  readonly words: string
}

/** A role that logs in and is let into a schema. */
export interface AdoptableRole {
  readonly name: string
  readonly superuser: boolean
}

/** A schema that somebody made by hand, as `tenantry.adoptable()` tells of it. */
export interface AdoptableSchema {
  readonly schema: string
  readonly owner: string
  readonly tables: number
  readonly views: number
  readonly sequences: number
  readonly functions: number
  /** Types, operators, collations and what else has an owner. */
  readonly others: number
  /** An estimate from the catalogs, indexes and TOAST included. */
  readonly bytes: number
  /** Locks that fitting everything would take, were it done at once. */
  readonly locks: number
  readonly roles: readonly AdoptableRole[]
  /** Sessions of those roles in the cluster's database, whatever they are doing. */
  readonly sessions: number
  readonly obstacles: readonly AdoptionObstacle[]
}

const schemaName = z.string().min(1).max(63)

export const adoptTenantInput = z.object({
  idempotencyKey,
  clusterId,
  /** The schema's present name. */
  schema: schemaName,
  /** Typed by whoever asks. */
  confirmSchema: z.string(),
  /** Left out: from the schema's name. */
  slug: slug.optional(),
  displayName,
  templateId,
  /** Left out: the newest version that is ready. */
  templateVersion: z.number().int().positive().optional(),
  /** Only if its fingerprint is the one that the template promises. */
  strict: z.boolean().default(false),
  /** Roles that the product logs in as today and that shall go on working. */
  keepRoles: z
    .array(schemaName)
    .max(50, 'At most 50 roles')
    .refine((roles) => new Set(roles).size === roles.length, 'Each role once')
    .default([]),
  reason: z.string().trim().min(3, 'Say why, in a few words').max(500),
  labels: labels.default({}),
  notes: z.string().max(4000).default(''),
})
export type AdoptTenantInput = z.input<typeof adoptTenantInput>

/**
 * The slug that an adopted schema gets unless another is wished: its name in lower case with hyphens, without `t_`.
 * May be no valid slug: then one has to be chosen.
 */
export function slugOfSchema(schema: string): string {
  return schema
    .toLowerCase()
    .replace(/^t_/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, slugMaxLength)
    .replace(/-+$/, '')
}

/** Why a schema cannot be adopted as it is, in a sentence; undefined when it can. */
export function whyNotAdopted(found: Pick<AdoptableSchema, 'obstacles'>): string | undefined {
  const [first, ...others] = found.obstacles.filter(({ grave }) => grave)
  if (!first) return undefined
  return others.length ? `${first.words} And ${others.length} more.` : first.words
}
