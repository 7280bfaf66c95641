import type { Role } from '@tenantry/contracts'
import type { Actor, CoreContext } from '@tenantry/core'
import type { Sessions } from './auth/sessions.ts'
import type { SignInLimits } from './auth/sign-in-limits.ts'
import type { ApiConfig } from './config.ts'

/** What every request stands on; built once a process. */
export interface Door {
  readonly core: CoreContext
  readonly config: ApiConfig
  readonly sessions: Sessions
  readonly limits: SignInLimits
}

/** Who is at the door, as their session says. */
export interface SignedIn {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly mustChangePassword: boolean
  /** When the password was last typed in this session. */
  readonly confirmedAt: Date
  /** When the session ends unless it is used. */
  readonly expiresAt: Date
}

/** One HTTP request; shared by the calls of a batch. */
export interface RequestContext {
  readonly door: Door
  readonly requestId: string
  readonly address: string
  readonly userAgent: string | undefined
  /** Up to where the caller has seen the event log: answers from before it will not do. */
  readonly seen: number
  /** Looks the session up once a request, and only when a procedure asks. */
  readonly signedIn: () => Promise<SignedIn | undefined>
  /** Hands a session's token to the browser, or takes it back. */
  readonly setToken: (token: string | null) => void
  /** The token that came with the request. */
  readonly token: string | undefined
}

export function actorOf(context: Pick<RequestContext, 'address' | 'requestId'>, person: SignedIn): Actor {
  return {
    userId: person.userId,
    name: person.name,
    role: person.role,
    sessionId: person.sessionId,
    address: context.address,
    requestId: context.requestId,
  }
}
