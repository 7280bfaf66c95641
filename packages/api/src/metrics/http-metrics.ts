import type { FastifyInstance } from 'fastify'
import { Histogram, type Registry } from 'prom-client'
import { refuseUnlessBearer } from './refuse-unless-bearer.ts'

export type ObserveRequest = (route: string, method: string, status: number, seconds: number) => void

/** How long requests take, by route. */
export function createHttpMetrics(registry: Registry): ObserveRequest {
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'From the request line to the last byte of the reply.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    registers: [registry],
  })
  return (route, method, status, seconds) =>
    duration.observe(
      { http_request_method: method, http_route: route, http_response_status_code: status },
      seconds,
    )
}

/** The scrape. */
export async function metricsEndpoint(
  app: FastifyInstance,
  { registry, token }: { registry: Registry; token: string | undefined },
): Promise<void> {
  app.get('/metrics', { logLevel: 'silent' }, async (request, reply) => {
    if (token) refuseUnlessBearer(request.headers.authorization, token)
    reply.header('content-type', registry.contentType)
    return registry.metrics()
  })
}
