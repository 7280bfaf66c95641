import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorDetail } from '@tenantry/contracts'
import type { Arena } from './start-arena.ts'

export type Answer =
  // biome-ignore lint/suspicious/noExplicitAny: every procedure answers in its own shape
  | { readonly ok: true; readonly data: any }
  | { readonly ok: false; readonly code: string; readonly detail: ErrorDetail & { operationId?: string } }

/** Refusals that are none: the request is made again, with the same key. */
const passing = new Set(['control_database_unavailable', 'too_many_requests'])

/**
 * Asks for a change over HTTP, again and again with the same idempotency key until it is answered: what a client must do
 * that does not know whether its request arrived.
 * @throws when there is no answer within two minutes
 */
export async function tell(arena: Arena, procedure: string, input: object): Promise<Answer> {
  const until = Date.now() + 120_000
  while (Date.now() < until) {
    const answer = await once(arena, procedure, input)
    if (answer && (answer.ok || !passing.has(answer.code))) return answer
    await delay(60)
  }
  throw new Error(
    `${procedure} was not answered within two minutes: ${JSON.stringify(input)}\n${await describeStall(arena)}`,
  )
}

async function once(arena: Arena, procedure: string, input: object): Promise<Answer | undefined> {
  const address = arena.api.address()
  if (!address) return undefined
  try {
    const response = await fetch(`${address}/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenantry': '1', cookie: arena.cookie },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(15_000),
    })
    const body = JSON.parse(await response.text())
    if (response.ok) return { ok: true, data: body.result.data }
    const { code, detail } = body.error.data.tenantry
    return { ok: false, code, detail }
  } catch {
    return undefined
  }
}

/** What stands in the way: who is up, and what the control database is busy with. */
async function describeStall(arena: Arena): Promise<string> {
  const seats = [arena.api, ...arena.workers].map(
    (seat) => `${seat.address() ?? 'starting'}: ${seat.process().output().slice(-500)}`,
  )
  const sessions = await arena.ask<{ line: string }>(
    arena.control,
    `select format('%s %s %s %s %s for %s: %s', pid, application_name, state, wait_event_type, wait_event,
       clock_timestamp() - state_change, left(query, 120)) as line
     from pg_stat_activity where datname = current_database() order by state_change`,
  )
  return [...seats, ...sessions.map(({ line }) => line)].join('\n')
}
