import type { ChannelKind, channelKinds, NotificationMessage } from '@tenantry/contracts'
import type { z } from 'zod'
import type { AddressGuard } from './guard-address.ts'
import type { Post } from './open-post.ts'

export type ConfigOf<Kind extends ChannelKind> = z.output<(typeof channelKinds)[Kind]['config']>

/** What the other side calls what it was sent: given back with the next message about the same incident. */
export type Thread = Readonly<Record<string, string>>

/** One message on its way. */
export interface Parcel {
  readonly message: NotificationMessage
  /** Stays the same however often it is sent: receivers that know it take it once. */
  readonly notificationId: string
  /** Stays the same for an incident: receivers make one thing of it. Null: a test. */
  readonly incidentId: string | null
  readonly epoch: number
  /** Of the last message about this incident that got through; empty: the first. */
  readonly thread: Thread
  /** It fires again after it was over: something new where the old has been put away. */
  readonly again: boolean
  /** Whom, where the channel reaches one person. */
  readonly to: { readonly name: string; readonly email: string } | null
}

/** What a client works with. */
export interface Means<Kind extends ChannelKind> {
  readonly config: ConfigOf<Kind>
  readonly secret: string
  readonly post: Post
  readonly guard: AddressGuard
  /** Aborted when the time is over. */
  readonly signal: AbortSignal
}

/** The other side has taken it. */
export interface Answer {
  /** HTTP status, or SMTP reply code. */
  readonly status: number
  /** The beginning of what it said. */
  readonly answer: string
  readonly thread?: Thread
}

export type ChannelClient<Kind extends ChannelKind> = (parcel: Parcel, means: Means<Kind>) => Promise<Answer>

/** Why it was not taken, and whether to try again: `gone` is never to be tried on this channel again. */
export class ChannelFault extends Error {
  readonly retry: 'later' | 'never' | 'gone'
  readonly status: number | null
  readonly answer: string | null
  /** What the other side asked for. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    about: {
      retry: 'later' | 'never' | 'gone'
      status?: number
      answer?: string
      retryAfterMs?: number | undefined
      cause?: unknown
    },
  ) {
    super(message, { cause: about.cause })
    this.name = 'ChannelFault'
    this.retry = about.retry
    this.status = about.status ?? null
    this.answer = about.answer ?? null
    this.retryAfterMs = about.retryAfterMs
  }
}

/** Cut to so many characters, with an ellipsis for what is gone. */
export const cut = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`
