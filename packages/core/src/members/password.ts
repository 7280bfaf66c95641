import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { TenantryError } from '@tenantry/contracts'

/** argon2id, the library's default: 19 MiB and two passes, about 77 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const atOnce = 2
const mostWaiting = 64
let busy = 0
const waiting: (() => void)[] = []

/** At most two hashes at a time: each takes 19 MiB and a thread that file and name look-ups also need. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (busy < atOnce) {
    busy++
  } else if (waiting.length < mostWaiting) {
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    throw new TenantryError('too_many_requests', 'Too many people sign in at this moment.', {
      action: 'Try again in a few seconds.',
      retryAfter: 5,
    })
  }
  try {
    return await work()
  } finally {
    // The turn goes to the next in line, or back.
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
}

/** @throws TenantryError `too_many_requests` when 64 others wait */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost))
}

/** Of a password that nobody has. */
let nobodys: Promise<string> | undefined

/**
 * Whether this is the password behind the hash. Without a hash it takes as long and says no, so that time does not tell
 * which addresses have members.
 * @throws TenantryError `too_many_requests` when 64 others wait
 */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  nobodys ??= hash(randomBytes(24).toString('base64url'), cost)
  const against = passwordHash ?? (await nobodys)
  const matches = await inTurn(() => verify(against, password))
  return matches && Boolean(passwordHash)
}

/** A password to be handed over once and changed at the first sign-in: 20 characters that nobody mistakes. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const draw = () => {
    for (;;) {
      const byte = randomBytes(1).readUInt8()
      // The 8 highest values would make the first letters likelier.
      if (byte < 248) return letters[byte % letters.length]
    }
  }
  return [5, 5, 5, 5].map((length) => Array.from({ length }, draw).join('')).join('-')
}
