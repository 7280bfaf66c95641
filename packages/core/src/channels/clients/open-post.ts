import { Agent, request } from 'undici'
import { ChannelFault } from './channel-client.ts'
import { type AddressGuard, RefusedAddress } from './guard-address.ts'

export interface Posted {
  readonly status: number
  readonly text: string
}

/**
 * Sends JSON and takes what is 2xx for an answer; everything else is a ChannelFault. Redirects are not followed: where
 * they lead is not what somebody has written down.
 */
export type Post = (
  url: string,
  body: unknown,
  options: { headers?: Readonly<Record<string, string>>; signal: AbortSignal },
) => Promise<Posted>

/** As much of an answer as is read at all. */
const mostBytes = 65_536

export function openPost(guard: AddressGuard): Post {
  // No connection is kept: each is looked up, checked and used once.
  const agent = new Agent({ pipelining: 0, connect: { lookup: guard.lookup, timeout: 10_000 } })
  return async (url, body, { headers = {}, signal }) => {
    try {
      guard.check(new URL(url).hostname)
      const response = await request(url, {
        method: 'POST',
        dispatcher: agent,
        signal,
        headers: { 'content-type': 'application/json', 'user-agent': 'Tenantry', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await beginningOf(response.body)
      const { statusCode: status } = response
      if (status >= 200 && status < 300) return { status, text }
      throw faultOf(status, text, response.headers['retry-after'])
    } catch (error) {
      throw error instanceof ChannelFault ? error : networkFault(error)
    }
  }
}

async function beginningOf(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    parts.push(part)
    size += part.length
    if (size >= mostBytes) break
  }
  body.destroy()
  return Buffer.concat(parts).toString('utf8')
}

function faultOf(status: number, answer: string, after: string | string[] | undefined): ChannelFault {
  const retryAfterMs = waitOf(Array.isArray(after) ? after[0] : after)
  if (status >= 300 && status < 400) {
    return new ChannelFault(`It answered ${status} and wants to send us elsewhere, which is not followed`, {
      retry: 'never',
      status,
      answer,
    })
  }
  const passes = status >= 500 || status === 408 || status === 425 || status === 429
  return new ChannelFault(`It answered ${status}`, {
    retry: passes ? 'later' : 'never',
    status,
    answer,
    ...(passes ? { retryAfterMs } : {}),
  })
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3); at most an hour is believed. */
function waitOf(value: string | undefined): number | undefined {
  if (!value) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : undefined
}

/** A refusal to connect there, or whatever befell the connection. */
export function networkFault(error: unknown): ChannelFault {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  if (cause instanceof RefusedAddress)
    return new ChannelFault(cause.message, { retry: 'never', cause: error })
  const { name, message, code } = cause as { name?: string; message?: string; code?: string }
  const late = name === 'TimeoutError' || name === 'AbortError' || code === 'UND_ERR_ABORTED'
  return new ChannelFault(late ? 'It did not answer in time' : `${message || code || 'No connection'}`, {
    retry: 'later',
    cause: error,
  })
}
