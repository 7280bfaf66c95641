import type { Role } from '@tenantry/contracts'
import { asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { session, user } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

export interface MemberRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly mustChangePassword: boolean
  readonly disabledAt: string | null
  readonly createdAt: string
  /** Browsers in which they are signed in now. */
  readonly sessions: number
}

/** Everybody who can have a session, by name. */
export function listMembers(db: Database): Promise<MemberRow[]> {
  return db
    .select({
      id: user.id,
      email: user.email,
      name: user.name,
      role: user.role,
      mustChangePassword: user.mustChangePassword,
      disabledAt: isoOrNull(user.disabledAt),
      createdAt: iso(user.createdAt),
      sessions: sql<number>`(count(${session.id}) filter (where ${session.expiresAt} > now()))::int`,
    })
    .from(user)
    .leftJoin(session, eq(session.userId, user.id))
    .where(isNotNull(user.passwordHash))
    .groupBy(user.id)
    .orderBy(asc(user.name), asc(user.email))
}

/** What signing in needs to know of a member; undefined when nobody has this address. */
export async function findSignIn(db: Database, email: string) {
  const [row] = await db
    .select({
      id: user.id,
      name: user.name,
      role: user.role,
      passwordHash: user.passwordHash,
      disabledAt: user.disabledAt,
    })
    .from(user)
    .where(eq(user.email, email))
  return row
}

/** When a session ends unless it is used, and what its owner may do now; undefined when it is over. */
export async function findSession(
  db: Database,
  id: string,
): Promise<
  { expiresAt: Date; role: Role; mustChangePassword: boolean; disabledAt: Date | null } | undefined
> {
  const [row] = await db
    .select({
      expiresAt: session.expiresAt,
      endsAt: session.endsAt,
      role: user.role,
      mustChangePassword: user.mustChangePassword,
      disabledAt: user.disabledAt,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(eq(session.id, id))
  if (!row) return undefined
  const { endsAt, expiresAt, ...owner } = row
  return { ...owner, expiresAt: new Date(Math.min(expiresAt.getTime(), endsAt.getTime())) }
}
