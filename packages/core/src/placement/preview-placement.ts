import { type Labels, type PlacementPolicy, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { choosePlacement, type Placement, type PlacementCandidate, whyClosed } from './choose-placement.ts'
import { placementCandidates } from './place-tenant.ts'
import { readPlacement } from './read-placement.ts'

export interface PlacementPreview {
  /** Where a new tenant would go now; null when nowhere. */
  readonly placement: Placement | null
  /** Why nowhere, and what to do; null when there is a place. */
  readonly refusal: { readonly message: string; readonly action: string | null } | null
  readonly candidates: (PlacementCandidate & {
    /** Why it takes no tenants now, after its name: `is cordoned and …`; null when it does. */
    readonly closed: string | null
  })[]
}

export interface PlacementQuestion {
  /** Of the tenant; none when left out. */
  readonly labels?: Labels | undefined
  /** The cluster that a person has chosen. */
  readonly clusterId?: string | undefined
  /** A policy that is only thought of; the one in force when left out. */
  readonly policy?: PlacementPolicy | undefined
}

/** Where a new tenant would go, without a promise: the provision chooses again. */
export async function previewPlacement(
  db: Database,
  { labels = {}, clusterId, policy }: PlacementQuestion = {},
): Promise<PlacementPreview> {
  const found = await placementCandidates(db)
  const candidates = found.map((one) => ({ ...one, closed: whyClosed(one) ?? null }))
  const inForce = policy ?? (await readPlacement(db)).policy
  try {
    const placement = choosePlacement({ policy: inForce, candidates: found, labels, clusterId })
    return { placement, refusal: null, candidates }
  } catch (error) {
    if (!(error instanceof TenantryError)) throw error
    return {
      placement: null,
      refusal: { message: error.message, action: error.detail.action ?? null },
      candidates,
    }
  }
}
