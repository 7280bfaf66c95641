import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import {
  choosePlacement,
  type Placement,
  type PlacementCandidate,
  placementCandidates,
} from './place-tenant.ts'

export interface PlacementPreview {
  /** Where a new tenant would go now; null when nowhere. */
  readonly placement: Placement | null
  /** Why nowhere, and what to do; null when there is a place. */
  readonly refusal: { readonly message: string; readonly action: string | null } | null
  readonly candidates: PlacementCandidate[]
}

/** Where a new tenant would go, without a promise: the provision chooses again. */
export async function previewPlacement(db: Database, wanted?: string): Promise<PlacementPreview> {
  const candidates = await placementCandidates(db)
  try {
    return { placement: choosePlacement(candidates, wanted), refusal: null, candidates }
  } catch (error) {
    if (!(error instanceof TenantryError)) throw error
    return {
      placement: null,
      refusal: { message: error.message, action: error.detail.action ?? null },
      candidates,
    }
  }
}
