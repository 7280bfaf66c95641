import {
  type ClientToServerEvents,
  type Heartbeat,
  type LiveBatch,
  type LiveEvent,
  liveProtocolVersion,
  type ServerToClientEvents,
  type Topic,
} from '@tenantry/contracts'
import type { Socket } from 'socket.io-client'
import { createEntityStore } from './entity-store.ts'
import { type LiveStatus, liveStatusOf, type Pulse } from './live-status.ts'
import { noteSeen } from './seen.ts'

export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** What a part of the page wants of a topic. */
export interface TopicListener {
  onEvent?: ((event: LiveEvent) => void) | undefined
  /** Too much was missed: fetch the queries of this topic again. */
  onSnapshot?: (() => void) | undefined
}

interface Subscription {
  readonly listeners: Set<TopicListener>
  /** The last seq taken; undefined before the first answer. */
  seq: number | undefined
  /** A subscribe is on its way: what arrives meanwhile waits, and is dropped where the answer covers it. */
  asking: boolean
  held: LiveBatch[]
}

export interface LiveFacts {
  readonly status: LiveStatus
  readonly beat: Heartbeat | undefined
  /** This reader's clock minus the server's, ms. */
  readonly skew: number
  /** A newer build serves: offer a reload. */
  readonly newBuild: boolean
}

export type Feed = ReturnType<typeof createFeed>

/**
 * The client end of the event log. Topics are asked for by seq: the answer is what was missed, or "take a snapshot". A
 * batch that does not continue from the last seq asks again; events apply once, by version. The socket stays open in a
 * hidden tab.
 */
export function createFeed(socket: LiveSocket, now: () => number = Date.now) {
  const entities = createEntityStore()
  const topics = new Map<Topic, Subscription>()
  const watchers = new Set<() => void>()
  const endings = new Set<(reason: string) => void>()
  let pulse: Pulse = {
    beatAt: undefined,
    startedAt: now(),
    connected: false,
    attempt: 0,
    paused: false,
    waiting: 0,
  }
  let beat: Heartbeat | undefined
  let firstBuild: string | undefined
  let skew = 0
  let heldWhilePaused: LiveEvent[] = []
  let snapshotsWhilePaused = new Set<Topic>()
  let facts: LiveFacts = { status: liveStatusOf(pulse, now()), beat, skew, newBuild: false }

  function tellEnded(reason: string): void {
    for (const ending of endings) ending(reason)
  }

  function retryLater(): void {
    setTimeout(() => {
      if (!socket.connected && endings.size > 0) socket.connect()
    }, 3000)
  }

  function refresh(): void {
    const status = liveStatusOf(pulse, now())
    const newBuild = firstBuild !== undefined && beat !== undefined && beat.build !== firstBuild
    if (JSON.stringify([status, newBuild]) === JSON.stringify([facts.status, facts.newBuild])) return
    facts = { status, beat, skew, newBuild }
    for (const watcher of watchers) watcher()
  }

  function change(over: Partial<Pulse>): void {
    pulse = { ...pulse, ...over }
    refresh()
  }

  function deliver(event: LiveEvent): void {
    if (pulse.paused) {
      heldWhilePaused.push(event)
      return
    }
    // A log line is a fact of its own, not a version of its operation.
    if (event.kind !== 'operation.log' && event.kind !== 'operation.step') entities.apply(event)
    for (const listener of topics.get(event.topic)?.listeners ?? []) listener.onEvent?.(event)
  }

  function tellSnapshot(topic: Topic): void {
    if (pulse.paused) snapshotsWhilePaused.add(topic)
    else for (const listener of topics.get(topic)?.listeners ?? []) listener.onSnapshot?.()
  }

  function take(subscription: Subscription, batch: LiveBatch): void {
    if (subscription.seq === undefined || batch.to <= subscription.seq) return
    if (batch.from > subscription.seq) {
      ask(batch.topic)
      return
    }
    noteSeen(batch.to)
    for (const event of batch.events) if (event.seq > subscription.seq) deliver(event)
    subscription.seq = batch.to
    if (pulse.paused) change({ waiting: heldWhilePaused.length })
  }

  function ask(topic: Topic): void {
    const subscription = topics.get(topic)
    if (!subscription || subscription.asking || !socket.connected) return
    subscription.asking = true
    const since = subscription.seq
    socket.emit('subscribe', since === undefined ? { topic } : { topic, since }, (answer) => {
      subscription.asking = false
      const held = subscription.held
      subscription.held = []
      if (topics.get(topic) !== subscription || answer.mode === 'refused') return
      noteSeen(answer.seq)
      if (answer.mode === 'snapshot') {
        subscription.seq = answer.seq
        tellSnapshot(topic)
      } else {
        const after = subscription.seq ?? 0
        for (const event of answer.events) if (event.seq > after) deliver(event)
        subscription.seq = Math.max(after, answer.seq)
      }
      for (const batch of held) take(subscription, batch)
    })
  }

  function askAll(): void {
    for (const topic of topics.keys()) ask(topic)
  }

  socket.on('connect', () => {
    // An open line is as good a sign of life as a heartbeat, which may be 2 s away.
    change({ connected: true, attempt: 0, beatAt: now() })
    for (const subscription of topics.values()) subscription.asking = false
    askAll()
  })
  socket.on('disconnect', (reason) => {
    change({ connected: false })
    // socket.io does not come back by itself after the server closed the line.
    if (reason === 'io server disconnect') retryLater()
  })
  socket.on('connect_error', (error) => {
    change({ connected: false, attempt: pulse.attempt + 1 })
    const { code } = (error as { data?: { code?: string } }).data ?? {}
    if (code === 'unauthenticated') tellEnded('unauthenticated')
    else if (!socket.active) retryLater()
  })
  socket.on('heartbeat', (next) => {
    beat = next
    firstBuild ??= next.build
    skew = now() - Date.parse(next.now)
    change({ beatAt: now(), connected: true })
  })
  socket.on('batch', (batch, received) => {
    received()
    const subscription = topics.get(batch.topic)
    if (!subscription || batch.v !== liveProtocolVersion) return
    if (subscription.asking) subscription.held.push(batch)
    else take(subscription, batch)
  })
  socket.on('resync', (topic) => ask(topic))
  socket.on('ended', tellEnded)
  socket.on('drain', (afterMs) => {
    setTimeout(() => socket.disconnect().connect(), afterMs)
  })

  return {
    entities,

    /** Joins a topic until the returned function is called; joiners of the same topic share it. */
    join(topic: Topic, listener: TopicListener): () => void {
      const subscription = topics.get(topic) ?? {
        listeners: new Set(),
        seq: undefined,
        asking: false,
        held: [],
      }
      topics.set(topic, subscription)
      subscription.listeners.add(listener)
      if (subscription.listeners.size === 1) ask(topic)
      return () => {
        subscription.listeners.delete(listener)
        if (subscription.listeners.size > 0 || topics.get(topic) !== subscription) return
        topics.delete(topic)
        if (socket.connected) socket.emit('unsubscribe', { topic })
      }
    },

    /** For useSyncExternalStore. */
    watch(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    facts: () => facts,
    /** Lets time pass: called once a second, so that the pill ages while nothing comes. */
    tick: refresh,

    /** Holds events back until `resume`; the connection goes on. */
    pause: () => change({ paused: true }),
    resume(): void {
      const events = heldWhilePaused
      const snapshots = snapshotsWhilePaused
      heldWhilePaused = []
      snapshotsWhilePaused = new Set()
      change({ paused: false, waiting: 0 })
      for (const event of events) deliver(event)
      for (const topic of snapshots) tellSnapshot(topic)
    },

    /** Tries at once, and asks every topic for what was missed. */
    reconnectNow(): void {
      if (socket.connected) askAll()
      else socket.connect()
    },

    /** Calls back when the server ends the session. */
    onEnded(ending: (reason: string) => void): () => void {
      endings.add(ending)
      return () => endings.delete(ending)
    },
  }
}
