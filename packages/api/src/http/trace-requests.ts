import { type Context, context, SpanKind, trace } from '@opentelemetry/api'
import { contextOf, traceParent } from '@tenantry/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { routeOf } from './route-of.ts'

const contexts = new WeakMap<FastifyRequest, Context>()

/**
 * A span a request, part of the caller's trace where it names one (W3C `traceparent`); the reply says which span it
 * was. Registered where requests are worth one: not on probes, scrapes and files.
 */
export function traceRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { traceparent, tracestate } = request.headers
    const parent = contextOf(single(traceparent), single(tracestate))
    const span = trace.getTracer('tenantry').startSpan(
      `${request.method} ${routeOf(request)}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': request.method,
          'http.route': routeOf(request),
          'url.path': request.url.split('?')[0] ?? '',
          'client.address': request.ip,
          'tenantry.request.id': request.id,
        },
      },
      parent,
    )
    const inside = trace.setSpan(parent, span)
    contexts.set(request, inside)
    const said = context.with(inside, traceParent)
    if (said) reply.header('traceparent', said)
  })
  app.addHook('onResponse', async (request, reply) => {
    const span = trace.getSpan(contexts.get(request) ?? context.active())
    span?.setAttribute('http.response.status_code', reply.statusCode)
    // 4xx is the caller's fault and no failure of ours.
    if (reply.statusCode >= 500) span?.setAttribute('error.type', String(reply.statusCode))
    span?.end()
  })
}

/** Runs `work` in the request's span; hooks run outside of it, because a body that is read in between loses it. */
export function inTrace<Result>(request: FastifyRequest, work: () => Result): Result {
  return context.with(contexts.get(request) ?? context.active(), work)
}

const single = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)
