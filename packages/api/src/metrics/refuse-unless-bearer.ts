import { createHash, timingSafeEqual } from 'node:crypto'
import { TenantryError } from '@tenantry/contracts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares in the same time whatever was sent. @throws TenantryError `unauthenticated` */
export function refuseUnlessBearer(authorization: string | undefined, token: string): void {
  if (timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))) return
  throw new TenantryError('unauthenticated', 'The metrics need their token.', {
    action: 'Send it as a bearer token.',
  })
}
