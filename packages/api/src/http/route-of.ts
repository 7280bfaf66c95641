import type { FastifyRequest } from 'fastify'

/** The route that a request has taken, without the router's patterns; `none` where there is none. */
export const routeOf = ({ routeOptions }: FastifyRequest): string =>
  routeOptions.url?.replace(/\(.*$/, '') ?? 'none'
