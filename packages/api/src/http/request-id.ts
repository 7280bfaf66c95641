import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** The caller's own id where it is one, so that a proxy's log and ours agree; else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id']
  if (typeof given === 'string' && /^[\w.:-]{8,100}$/.test(given)) return given
  return `req_${randomBytes(12).toString('base64url')}`
}
