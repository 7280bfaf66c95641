import { TenantryError } from '@tenantry/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { describeFault } from './describe-fault.ts'
import { refusalOf, toReply } from './wire-error.ts'

const megabyte = 1024 * 1024

/** What the HTTP server itself refuses. */
function refusedByServer(request: FastifyRequest, error: unknown): unknown {
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const limit = request.routeOptions.bodyLimit / megabyte
    return new TenantryError('payload_too_large', `The request is larger than ${limit} MB.`, {
      action: 'Send less at once.',
      limitBytes: request.routeOptions.bodyLimit,
    })
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new TenantryError('invalid_input', 'The body must be JSON.', {
      action: 'Send content-type: application/json.',
    })
  }
  if (statusCode !== undefined && statusCode < 500 && !(error instanceof TenantryError)) {
    return new TenantryError('invalid_input', 'The request cannot be read.', {
      action: 'Correct it and try again.',
    })
  }
  return error
}

/** Every refusal outside tRPC in the same form as inside it; paths of the web app get its page. */
export function answerErrors(app: FastifyInstance, { web }: { web: boolean }): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = refusedByServer(request, error)
    if (refusalOf(answer).code === 'internal')
      request.log.error({ fault: describeFault(error) }, 'request failed')
    return send(reply, answer)
  })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && request.headers.accept?.includes('text/html')
    if (web && page && !/^\/(trpc|socket\.io|assets)\//.test(request.url)) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    }
    return send(
      reply,
      new TenantryError('not_found', `Nothing is at ${request.url.split('?')[0]?.slice(0, 200)}.`, {
        action: 'Check the address.',
      }),
    )
  })
}

/** A request that the router could not even read. */
export function answerFrameworkError(error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  send(reply, refusedByServer(reply.request, error))
}

function send(reply: FastifyReply, error: unknown): FastifyReply {
  const answer = toReply(error, reply.request.id)
  return reply.code(answer.data.httpStatus).send({ error: answer })
}
