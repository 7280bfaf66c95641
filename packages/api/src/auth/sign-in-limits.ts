import { createHash } from 'node:crypto'
import { TenantryError } from '@tenantry/contracts'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { ApiConfig, Limit } from '../config.ts'

/** Thrown where a limit is reached; `first` once a window, so that the audit log tells of it once. */
export class LimitReached extends TenantryError {
  readonly first: boolean

  constructor(seconds: number, first: boolean) {
    super('too_many_requests', `Too many tries to sign in.`, {
      action: `Try again in ${seconds} s.`,
      retryAfter: seconds,
    })
    this.first = first
  }
}

export type SignInLimits = ReturnType<typeof createSignInLimits>

/** Limits that all nodes share, in the control database, so that many nodes do not give many times the tries. */
export function createSignInLimits(pool: pg.Pool, config: ApiConfig['signIn']) {
  const limiter = (keyPrefix: string, { tries, seconds }: Limit) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'control',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points: tries,
      duration: seconds,
    })
  const perAddress = limiter('sign-in-address', config.perAddress)
  const perEmail = limiter('sign-in-email', config.perEmail)
  const nameOf = (email: string) => createHash('sha256').update(email).digest('base64url')

  return {
    /**
     * Counts a try before the password is looked at, so that many at once do not slip through.
     * @throws LimitReached
     */
    async count(address: string, email: string): Promise<void> {
      await take(perAddress, address)
      await take(perEmail, nameOf(email))
    },

    /** Takes the tries back when the password was right. */
    async forgive(address: string, email: string): Promise<void> {
      await perAddress.reward(address)
      await perEmail.delete(nameOf(email))
    },
  }
}

async function take(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (reached) {
    if (!(reached instanceof RateLimiterRes)) throw reached
    const first = reached.consumedPoints === limiter.points + 1
    throw new LimitReached(Math.max(1, Math.ceil(reached.msBeforeNext / 1000)), first)
  }
}
