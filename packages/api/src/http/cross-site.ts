import type { IncomingHttpHeaders } from 'node:http'
import { TenantryError } from '@tenantry/contracts'
import type { ApiConfig } from '../config.ts'

/** The header that forms, images and links of other sites cannot send. */
export const ownHeader = 'x-tenantry'

const refuse = (message: string, action: string) => new TenantryError('cross_site', message, { action })

/**
 * Refuses a change that a page of another site may have made the browser ask for. Who is no browser sends no Origin and
 * needs the header alone.
 * @throws TenantryError `cross_site`
 */
export function refuseCrossSite(config: Pick<ApiConfig, 'publicUrl'>, headers: IncomingHttpHeaders): void {
  if (headers[ownHeader] !== '1') {
    throw refuse(`The header ${ownHeader}: 1 is missing.`, `Send it with every change.`)
  }
  refuseForeignOrigin(config, headers)
}

/** @throws TenantryError `cross_site` when the browser says that another site is behind the request */
export function refuseForeignOrigin(
  config: Pick<ApiConfig, 'publicUrl'>,
  headers: IncomingHttpHeaders,
): void {
  const site = headers['sec-fetch-site']
  const { origin } = headers
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreignSite || (origin !== undefined && !isOwn(config, headers, origin))) {
    throw refuse(
      'The request comes from another site than this Tenantry.',
      config.publicUrl
        ? `Open Tenantry at ${config.publicUrl}.`
        : 'Open Tenantry at its own address; behind a proxy, set its public URL.',
    )
  }
}

function isOwn(
  { publicUrl }: Pick<ApiConfig, 'publicUrl'>,
  headers: IncomingHttpHeaders,
  origin: string,
): boolean {
  const url = URL.parse(origin)
  if (!url) return false
  return publicUrl ? url.origin === new URL(publicUrl).origin : url.host === headers.host?.toLowerCase()
}
