import { createHash, randomBytes } from 'node:crypto'
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import type { Role } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { session, user } from '@tenantry/db/schema'
import { Lucia, TimeSpan } from 'lucia'
import type { ApiConfig } from '../config.ts'
import type { SignedIn } from '../context.ts'

interface SessionFacts {
  endsAt: Date
  confirmedAt: Date
  address: string | null
  userAgent: string | null
}

interface UserFacts {
  email: string
  name: string
  role: Role
  mustChangePassword: boolean
  disabledAt: Date | null
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof openLucia>
    DatabaseSessionAttributes: SessionFacts
    DatabaseUserAttributes: UserFacts
  }
}

function openLucia(db: Database, idleSeconds: number) {
  return new Lucia(new DrizzlePostgreSQLAdapter(db, session, user), {
    sessionExpiresIn: new TimeSpan(idleSeconds, 's'),
    getSessionAttributes: ({ endsAt, confirmedAt }) => ({ endsAt, confirmedAt }),
    getUserAttributes: ({ email, name, role, mustChangePassword, disabledAt }) => ({
      email,
      name,
      role,
      mustChangePassword,
      disabledAt,
    }),
  })
}

/** The table holds the hash: who reads it cannot sign in with it. */
export const sessionIdOf = (token: string) => createHash('sha256').update(token).digest('hex')

export type Sessions = ReturnType<typeof createSessions>

/** Sessions in the control database. The only file that knows lucia. Their end is a matter of core's `endSessions`. */
export function createSessions(db: Database, { idleSeconds, absoluteSeconds }: ApiConfig['sessions']) {
  const lucia = openLucia(db, idleSeconds)
  return {
    /** A new session: the token for the cookie, 256 random bits, and the id that the table knows it by. */
    async create(
      userId: string,
      from: { address: string; userAgent: string | undefined },
    ): Promise<{ token: string; sessionId: string }> {
      const token = randomBytes(32).toString('base64url')
      const sessionId = sessionIdOf(token)
      await lucia.createSession(
        userId,
        {
          endsAt: new Date(Date.now() + absoluteSeconds * 1000),
          confirmedAt: new Date(),
          address: from.address,
          userAgent: from.userAgent?.slice(0, 300) ?? null,
        },
        { sessionId },
      )
      return { token, sessionId }
    },

    /** Whose token this is; moves the idle limit. Undefined when it is unknown, over, or its owner is disabled. */
    async validate(token: string): Promise<SignedIn | undefined> {
      const found = await lucia.validateSession(sessionIdOf(token))
      if (!found.session || found.session.endsAt <= new Date() || found.user.disabledAt) return undefined
      const { user: person } = found
      return {
        userId: person.id,
        sessionId: found.session.id,
        email: person.email,
        name: person.name,
        role: person.role,
        mustChangePassword: person.mustChangePassword,
        confirmedAt: found.session.confirmedAt,
        expiresAt: new Date(Math.min(found.session.expiresAt.getTime(), found.session.endsAt.getTime())),
      }
    },
  }
}
