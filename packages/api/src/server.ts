import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { type CoreContext, tagsOfEvent } from '@tenantry/core'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import { createSessions } from './auth/sessions.ts'
import { createSignInLimits } from './auth/sign-in-limits.ts'
import type { ApiConfig } from './config.ts'
import type { Door } from './context.ts'
import { acknowledgePage } from './http/acknowledge-page.ts'
import { alertHook } from './http/alert-hook.ts'
import { answerErrors, answerFrameworkError } from './http/answer-errors.ts'
import { logRequests } from './http/log-requests.ts'
import { probes } from './http/probes.ts'
import { requestIdOf } from './http/request-id.ts'
import { securityHeaders } from './http/security-headers.ts'
import { trpcEndpoint } from './http/trpc-endpoint.ts'
import { webApp } from './http/web-app.ts'
import { registerAlertGauges } from './metrics/alert-gauges.ts'
import { registerFleetGauges } from './metrics/fleet-gauges.ts'
import { createHttpMetrics, metricsEndpoint } from './metrics/http-metrics.ts'
import { registerProcessGauges } from './metrics/process-gauges.ts'
import { createRealtimeMetrics } from './metrics/realtime-metrics.ts'
import { tenantMetrics } from './metrics/tenant-metrics.ts'
import { createEventTail } from './realtime/event-tail.ts'
import { createHub } from './realtime/hub.ts'
import { openSockets } from './realtime/sockets.ts'

export interface ApiParts {
  readonly core: CoreContext
  /** The pool behind `core.db`. */
  readonly pool: pg.Pool
  /** Connection string of the control database, for the connection that LISTENs. */
  readonly listenUrl: string
  readonly config: ApiConfig
  /** A fresh one, or one that the worker of this process shares. */
  readonly registry: Registry
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Not ready from now on: sockets are asked to leave, probes say so. Closing does it too. */
    drain(): void
  }
}

const bodyLimit = 1024 * 1024

/** No line of ours names them; this holds for lines that somebody adds. */
const secrets = {
  paths: ['cookie', 'authorization', 'password', 'token'].flatMap((name) => [
    name,
    `*.${name}`,
    `*.*.${name}`,
  ]),
  censor: '[redacted]',
}

/** The door of Tenantry, not yet listening: HTTP, tRPC, the live feed, the web app, metrics. `close()` lets go of all. */
export async function createApiServer(parts: ApiParts): Promise<FastifyInstance> {
  const { core, pool, config, registry } = parts
  let draining = false
  const isDraining = () => draining
  const door: Door = {
    core,
    config,
    sessions: createSessions(core.db, config.sessions),
    limits: createSignInLimits(pool, config.signIn),
  }

  const realtime = createRealtimeMetrics(registry)
  registerProcessGauges(registry, { config, pool })
  registerFleetGauges(registry, { db: core.db, log: core.log })
  registerAlertGauges(registry, core)

  const log: FastifyBaseLogger = core.log.child({}, { redact: secrets })
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }) => requestIdOf(headers),
    trustProxy: config.trustProxy,
    bodyLimit,
    frameworkErrors: answerFrameworkError,
    routerOptions: { maxParamLength: 16_384 },
  })
  const hub = createHub(realtime)
  const sockets = openSockets(app.server, { door, hub, metrics: realtime, isDraining })
  const tail = createEventTail(
    { db: core.db, listenUrl: parts.listenUrl, log: core.log },
    {
      events(events) {
        sockets.endSessions(events)
        // Before anybody hears of it: who asks because of an event must find what it says.
        for (const event of events) core.cache?.drop(tagsOfEvent(event), event.seq)
        hub.deliver(events)
      },
      caughtUp: (seq) => core.cache?.follow(seq),
      behind: () => core.cache?.doubt(),
      missed: () => core.cache?.forget(),
    },
  )

  logRequests(app, createHttpMetrics(registry))
  await app.register(helmet, securityHeaders(config))
  await app.register(cookie)
  if (config.webRoot) await webApp(app, { root: config.webRoot })
  answerErrors(app, { web: config.webRoot !== undefined })
  await app.register(trpcEndpoint, { prefix: '/trpc', door })
  await app.register(acknowledgePage, { core })
  await app.register(alertHook, { core })
  await app.register(probes, {
    config,
    pool,
    isDraining,
    tail: () => ({ listening: tail.listening(), seq: tail.seq() }),
  })
  await app.register(metricsEndpoint, { registry, token: config.metricsToken })
  await app.register(tenantMetrics, {
    db: core.db,
    most: config.metricsTenants ?? 0,
    token: config.metricsToken,
  })

  app.decorate('drain', () => {
    draining = true
    sockets.drain(config.drainMs)
  })
  app.addHook('onReady', async () => {
    await tail.start()
    hub.startAt(tail.seq())
  })
  app.addHook('preClose', async () => {
    draining = true
    sockets.close()
  })
  app.addHook('onClose', async () => {
    hub.stop()
    await tail.stop()
  })
  return app
}
