import { TenantryError } from '@tenantry/contracts'
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Door, RequestContext, SignedIn } from '../context.ts'
import { appRouter } from '../router.ts'
import { refuseCrossSite } from './cross-site.ts'
import { describeFault } from './describe-fault.ts'
import { cookieName, cookieOptions } from './session-cookie.ts'
import { inTrace, traceRequests } from './trace-requests.ts'
import { refusalOf } from './wire-error.ts'

export const mostCalls = 10
/** A template is a history of SQL files with seed data, an import thousands of rows; nothing else is large. */
const largeLimit = 8 * 1024 * 1024

interface Call {
  Params: { path: string }
}

/** tRPC under its own prefix: JSON bodies only, ten calls a batch, changes only from our own pages. */
export async function trpcEndpoint(app: FastifyInstance, { door }: { door: Door }): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )

  app.addHook<Call>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (request.params.path?.split(',').length > mostCalls) {
      throw new TenantryError('invalid_input', `A batch holds at most ${mostCalls} calls.`, {
        action: 'Send several batches.',
      })
    }
    if (request.method !== 'GET') refuseCrossSite(door.config, request.headers)
  })

  traceRequests(app)
  const handler = (request: FastifyRequest<Call>, reply: FastifyReply) =>
    inTrace(request, () => answer(request, reply))
  const answer = (request: FastifyRequest<Call>, reply: FastifyReply) =>
    fastifyRequestHandler({
      router: appRouter,
      req: request,
      res: reply,
      path: request.params.path,
      createContext: () => contextOf(door, request, reply),
      onError({ error, path }) {
        const { code } = refusalOf(error)
        if (code === 'internal')
          request.log.error({ path, fault: describeFault(error.cause ?? error) }, 'call failed')
        else if (code === 'control_database_unavailable')
          request.log.warn({ path }, 'control database unavailable')
        else request.log.debug({ path, code }, 'call refused')
      },
    })
  app.route<Call>({ method: ['GET', 'POST'], url: '/:path', exposeHeadRoute: false, handler })
  app.post<Call>(
    '/:path(^(?:templates\\.publish|bulks\\.check|bulks\\.import)$)',
    { bodyLimit: largeLimit },
    handler,
  )
}

/** Browsers say how much of the live feed they have: with several nodes the next one may be a moment behind it. */
function seenOf({ headers }: FastifyRequest): number {
  const seq = Number(headers['x-tenantry-seen'])
  return Number.isSafeInteger(seq) ? seq : 0
}

function contextOf(door: Door, request: FastifyRequest, reply: FastifyReply): RequestContext {
  const name = cookieName(door.config)
  const token = request.cookies[name]
  let looked: Promise<SignedIn | undefined> | undefined
  return {
    door,
    requestId: request.id,
    address: request.ip,
    userAgent: request.headers['user-agent'],
    seen: seenOf(request),
    token,
    signedIn: () => {
      looked ??= token ? door.sessions.validate(token) : Promise.resolve(undefined)
      return looked
    },
    setToken(next) {
      const options = cookieOptions(door.config)
      if (next) reply.setCookie(name, next, options)
      else reply.clearCookie(name, options)
    },
  }
}
