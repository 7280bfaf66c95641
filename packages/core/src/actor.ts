import type { Role } from '@tenantry/contracts'

/** Who asks: a signed-in person, or Tenantry itself. */
export interface Actor {
  readonly userId: string
  readonly name: string
  readonly role: Role
  readonly sessionId?: string
  /** Network address. */
  readonly address?: string
  readonly requestId?: string
}

/** The user that owns what Tenantry does by itself; `system` cannot sign in. */
export const systemUserId = 'us_00000000000000000000000000'

export const systemActor: Actor = { userId: systemUserId, name: 'Tenantry', role: 'admin' }
