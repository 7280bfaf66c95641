import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { ApiConfig } from '../config.ts'

/** Nothing but our own files runs on our pages, and nobody frames them. Styles may be inline: components place themselves. */
export function securityHeaders({ secureCookies }: Pick<ApiConfig, 'secureCookies'>): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secureCookies ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // `no-referrer` would make browsers send `Origin: null` with forms of our own.
    referrerPolicy: { policy: 'same-origin' },
  }
}
