import type { CookieSerializeOptions } from '@fastify/cookie'
import type { ApiConfig } from '../config.ts'

/** `__Host-`: only this very host over https could have set it, for the whole of it and nobody else. */
export const cookieName = ({ secureCookies }: Pick<ApiConfig, 'secureCookies'>) =>
  secureCookies ? '__Host-tenantry' : 'tenantry'

export function cookieOptions({ secureCookies, sessions }: ApiConfig): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: secureCookies,
    maxAge: sessions.absoluteSeconds,
  }
}
