import type { FastifyInstance } from 'fastify'
import { routeOf } from './route-of.ts'
import { inTrace } from './trace-requests.ts'

/** One line a request, without its query: inputs are nobody's business here. Probes, metrics and files are silent. */
export function logRequests(
  app: FastifyInstance,
  observe: (route: string, method: string, status: number, seconds: number) => void,
): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000
    observe(routeOf(request), request.method, reply.statusCode, seconds)
    const line = {
      method: request.method,
      path: request.url.split('?')[0],
      status: reply.statusCode,
      seconds: Math.round(seconds * 1e4) / 1e4,
      address: request.ip,
    }
    inTrace(request, () => request.log.info(line, 'request'))
  })
}
