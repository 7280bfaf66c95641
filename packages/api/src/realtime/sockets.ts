import type { Server as HttpServer, IncomingMessage } from 'node:http'
import {
  type ClientToServerEvents,
  heartbeatMs,
  type ServerToClientEvents,
  type SubscribeReply,
  subscribeRequest,
  TenantryError,
  topic as topicSchema,
} from '@tenantry/contracts'
import { authorize } from '@tenantry/core'
import { findSession, type LoggedEvent } from '@tenantry/db/queries'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { actorOf, type Door, type SignedIn } from '../context.ts'
import { refuseForeignOrigin } from '../http/cross-site.ts'
import { describeFault } from '../http/describe-fault.ts'
import { requestIdOf } from '../http/request-id.ts'
import { cookieName } from '../http/session-cookie.ts'
import { refusalOf } from '../http/wire-error.ts'
import type { RealtimeMetrics } from '../metrics/realtime-metrics.ts'
import { answerSubscription } from './answer-subscription.ts'
import type { Hub } from './hub.ts'
import { createSubscription, type Subscription } from './subscription.ts'
import { topicPermission } from './topic-permission.ts'

interface SocketFacts {
  person: SignedIn
  /** Moves when the session is used over HTTP. */
  expiresAt: Date
  requestId: string
  address: string
  subscriptions: Map<string, Subscription>
}

type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketFacts>
type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketFacts>

export const mostTopics = 50

export interface Sockets {
  /** Ends the sockets of sessions that the log says have ended. */
  endSessions(events: readonly LoggedEvent[]): void
  /** Asks every socket to come back elsewhere, each within its own part of `withinMs`. */
  drain(withinMs: number): void
  close(): void
}

export interface SocketParts {
  readonly door: Door
  readonly hub: Hub
  readonly metrics: RealtimeMetrics
  readonly isDraining: () => boolean
}

/** The live feed's sockets: for people with a session, on our own pages, topic by topic as their role allows. */
export function openSockets(http: HttpServer, parts: SocketParts): Sockets {
  const { door, hub, metrics, isDraining } = parts
  const { config, core } = door
  const io: LiveServer = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => decide(null, mayConnect(request)),
  })

  function mayConnect(request: IncomingMessage): boolean {
    try {
      refuseForeignOrigin(config, request.headers)
      return !isDraining()
    } catch {
      return false
    }
  }

  io.use((socket, next) => {
    authenticate(door, socket).then(
      () => next(),
      (error) => {
        const { code, message } = refusalOf(error)
        next(Object.assign(new Error(message), { data: { code } }))
      },
    )
  })

  io.on('connection', (socket) => {
    metrics.connections(io.sockets.sockets.size)
    socket.on('disconnect', () => {
      for (const subscription of socket.data.subscriptions.values()) hub.leave(subscription)
      metrics.connections(io.sockets.sockets.size)
    })
    socket.on('subscribe', (request: unknown, reply: unknown) => {
      if (typeof reply !== 'function') return
      subscribe(socket, request).then(
        ({ answer, joined }) => {
          reply(answer)
          joined?.release()
        },
        (error) => {
          const answer = refused(error, socket)
          reply(answer)
          if (answer.mode === 'refused' && answer.code === 'unauthenticated') end(socket, 'expired')
        },
      )
    })
    socket.on('unsubscribe', (request: unknown) => {
      const parsed = z.object({ topic: topicSchema }).safeParse(request)
      if (parsed.success) leave(socket, parsed.data.topic)
    })
  })

  async function subscribe(
    socket: LiveSocket,
    request: unknown,
  ): Promise<{ answer: SubscribeReply; joined?: Subscription }> {
    const { topic, since } = subscribeRequest.parse(request)
    const permission = topicPermission(topic)
    await authorize(core, actorOf(socket.data, await whoIsThere(socket)), permission, permission)
    if (!socket.data.subscriptions.has(topic) && socket.data.subscriptions.size >= mostTopics) {
      throw new TenantryError('too_many_requests', `A page follows at most ${mostTopics} topics.`, {
        action: 'Leave one first.',
      })
    }
    leave(socket, topic)
    const joined = createSubscription({ topic, seq: hub.seq, outlet: outletOf(socket), metrics })
    socket.data.subscriptions.set(topic, joined)
    // Joined before the log is read: what comes meanwhile waits until the reply has left.
    hub.join(joined)
    try {
      return { answer: await answerSubscription(core.db, topic, since, hub.seq()), joined }
    } catch (error) {
      if (socket.data.subscriptions.get(topic) === joined) leave(socket, topic)
      throw error
    }
  }

  /** Who asks, as the database has them now: the socket may be older than their role, and its end may be on its way. */
  async function whoIsThere(socket: LiveSocket): Promise<SignedIn> {
    const { person } = socket.data
    const found = await findSession(core.db, person.sessionId)
    if (!found || found.expiresAt <= new Date() || found.disabledAt) {
      throw new TenantryError('unauthenticated', 'Your session has ended.', { action: 'Sign in.' })
    }
    if (found.mustChangePassword) {
      throw new TenantryError(
        'password_change_required',
        'Your password must be changed before anything else.',
      )
    }
    return { ...person, role: found.role }
  }

  function leave(socket: LiveSocket, topic: string): void {
    const left = socket.data.subscriptions.get(topic)
    if (!left) return
    hub.leave(left)
    socket.data.subscriptions.delete(topic)
  }

  function refused(error: unknown, socket: LiveSocket): SubscribeReply {
    const { code, message } = refusalOf(error)
    if (code === 'internal') {
      core.log.error({ requestId: socket.data.requestId, fault: describeFault(error) }, 'subscription failed')
    }
    return { mode: 'refused', code, message }
  }

  function end(socket: LiveSocket, reason: string): void {
    socket.emit('ended', reason)
    socket.disconnect(true)
  }

  async function checkSession(socket: LiveSocket, now: Date): Promise<void> {
    if (socket.data.expiresAt > now) return
    const found = await findSession(core.db, socket.data.person.sessionId)
    if (!found || found.expiresAt <= now) end(socket, 'expired')
    else socket.data.expiresAt = found.expiresAt
  }

  const beat = setInterval(() => {
    const now = new Date()
    io.emit('heartbeat', {
      now: now.toISOString(),
      seq: hub.seq(),
      node: config.node,
      build: `${config.build.version}+${config.build.revision}`,
    })
    for (const socket of io.sockets.sockets.values()) {
      for (const subscription of socket.data.subscriptions.values()) subscription.check(now.getTime())
      checkSession(socket, now).catch((error: Error) =>
        core.log.warn({ err: error.message }, 'cannot tell whether a session has ended'),
      )
    }
  }, heartbeatMs)

  return {
    endSessions(events) {
      for (const event of events) {
        if (event.kind !== 'session.ended') continue
        for (const socket of io.sockets.sockets.values()) {
          if (socket.data.person.sessionId === event.entityId) end(socket, String(event.patch.reason))
        }
      }
    },
    drain(withinMs) {
      for (const socket of io.sockets.sockets.values()) {
        socket.emit('drain', Math.round(Math.random() * withinMs))
      }
    },
    close() {
      clearInterval(beat)
      io.disconnectSockets(true)
      io.engine.close()
    },
  }
}

const outletOf = (socket: LiveSocket) => ({
  batch: (batch: Parameters<ServerToClientEvents['batch']>[0], acknowledged: () => void) =>
    socket.emit('batch', batch, acknowledged),
  resync: (topic: string) => socket.emit('resync', topic),
  lost: () => socket.disconnect(true),
})

async function authenticate(door: Door, socket: LiveSocket): Promise<void> {
  const { headers } = socket.request
  const token = cookieOf(headers.cookie, cookieName(door.config))
  const person = token ? await door.sessions.validate(token) : undefined
  if (!person) {
    throw new TenantryError('unauthenticated', 'You are not signed in, or your session has ended.', {
      action: 'Sign in.',
    })
  }
  if (person.mustChangePassword) {
    throw new TenantryError('password_change_required', 'Your password must be changed before anything else.')
  }
  socket.data = {
    person,
    expiresAt: person.expiresAt,
    requestId: requestIdOf(headers),
    address: (door.config.trustProxy && forwardedFor(headers)) || socket.handshake.address,
    subscriptions: new Map(),
  }
}

function forwardedFor(headers: IncomingMessage['headers']): string | undefined {
  return String(headers['x-forwarded-for'] ?? '')
    .split(',')[0]
    ?.trim()
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  const pair = header?.split('; ').find((part) => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
