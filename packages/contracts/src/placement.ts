import { z } from 'zod'
import { clusterId } from './identifiers.ts'
import { type Labels, labels } from './tenant.ts'

const selector = labels.refine((value) => Object.keys(value).length > 0, 'Name at least one label')

/** Tenants that carry all labels of `tenant` go to clusters that carry all labels of `cluster`, and nowhere else. */
export const placementRule = z.strictObject({ tenant: selector, cluster: selector })
export type PlacementRule = z.infer<typeof placementRule>

/** How the cluster of a new tenant is chosen. */
export const placementPolicy = z.discriminatedUnion('strategy', [
  /** The least full of all. */
  z.strictObject({ strategy: z.literal('least_full') }),
  /** Always this one. */
  z.strictObject({ strategy: z.literal('pinned'), clusterId }),
  /** The first rule that matches the tenant's labels binds; `otherwise` is for tenants that no rule matches. */
  z.strictObject({
    strategy: z.literal('by_label'),
    rules: z.array(placementRule).min(1, 'Write at least one rule').max(50, 'At most 50 rules'),
    otherwise: z.enum(['least_full', 'refuse']),
  }),
])
export type PlacementPolicy = z.infer<typeof placementPolicy>

export const defaultPlacement: PlacementPolicy = { strategy: 'least_full' }

export const setPlacementInput = z.object({
  policy: placementPolicy,
  /** When the policy that the editor saw was set; null: nobody had. Another one refuses with `version_conflict`. */
  ifSetAt: z.iso.datetime({ offset: true }).nullable(),
})

/** Whether something carries every label that a selector asks for. */
export function carriesLabels(carried: Labels, asked: Labels): boolean {
  return Object.entries(asked).every(([key, value]) => carried[key] === value)
}

/** Labels in a sentence: `region=eu, plan=gold`. */
export function wordLabels(value: Labels): string {
  return Object.entries(value)
    .map(([key, one]) => `${key}=${one}`)
    .join(', ')
}
