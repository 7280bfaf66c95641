import { type DraftLimits, type QuotaResource, quotaResources } from '@tenantry/contracts'
import { type LimitUnit, readLimit, writeLimit } from '../tenants/limit-text.ts'

export interface TypedLimit {
  readonly text: string
  readonly unit: LimitUnit
  /** Hours; empty: none. */
  readonly grace: string
}
export type LimitDraft = Readonly<Record<QuotaResource, TypedLimit>>

export const resources = Object.keys(quotaResources) as QuotaResource[]

/** Limits as they are put into the fields; an empty one is no limit. */
export function writeLimits(
  limits: readonly { resource: QuotaResource; limit: number; graceSeconds: number }[],
): LimitDraft {
  return Object.fromEntries(
    resources.map((resource) => {
      const one = limits.find((limit) => limit.resource === resource)
      const grace = one?.graceSeconds ? String(one.graceSeconds / 3600) : ''
      return [resource, { ...writeLimit(one?.limit ?? null, quotaResources[resource].unit), grace }]
    }),
  ) as LimitDraft
}

/** Why what is typed for a resource is no limit. */
export function faultOfLimit({ text, unit, grace }: TypedLimit): string | undefined {
  if (text.trim() !== '' && readLimit(text, unit) === undefined) return 'Write a number of at least 0.'
  if (grace.trim() !== '' && !(Number(grace) >= 0 && Number(grace) <= 2160)) {
    return 'Write hours of grace, 2160 at most.'
  }
  return undefined
}

/** The limits that are typed; undefined while one of them is none. */
export function readLimits(draft: LimitDraft): DraftLimits | undefined {
  if (resources.some((resource) => faultOfLimit(draft[resource]))) return undefined
  return resources.map((resource) => {
    const { text, unit, grace } = draft[resource]
    return {
      resource,
      limit: text.trim() === '' ? null : (readLimit(text, unit) ?? null),
      graceSeconds: text.trim() === '' ? 0 : Math.round(Number(grace) * 3600),
    }
  })
}
