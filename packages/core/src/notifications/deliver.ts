import { TenantryError } from '@tenantry/contracts'
import { openSecret } from '../channels/channel-secret.ts'
import { type Answer, ChannelFault, cut } from '../channels/clients/channel-client.ts'
import { type AddressGuard, openGuard } from '../channels/clients/guard-address.ts'
import { openPost, type Post } from '../channels/clients/open-post.ts'
import { sendByKind } from '../channels/clients/send-by-kind.ts'
import type { CoreContext } from '../core-context.ts'
import { type Claimed, keepHold } from './claim-due.ts'
import { recordBrokenOff, recordDelivered, recordFault } from './record-outcome.ts'

/** One attempt takes at most so long. */
export const attemptMs = 15_000
const mostAnswer = 2000

export interface Way {
  readonly guard: AddressGuard
  readonly post: Post
}

/** The way out of this process, with its guard. */
export function openWay(core: CoreContext): Way {
  const guard = openGuard(core.channelNetworks ?? [])
  return { guard, post: openPost(guard) }
}

/**
 * Makes one attempt and writes down what came of it. Never throws for what the other side did.
 * @param sent called between the answer and its record, for tests of a crash there
 */
export async function deliver(
  core: CoreContext,
  way: Way,
  holder: string,
  claimed: Claimed,
  stop?: AbortSignal,
  sent?: () => void | Promise<void>,
): Promise<void> {
  const letGo = keepHold(core, holder, claimed)
  try {
    await attempt(core, way, holder, claimed, stop, sent)
  } finally {
    letGo()
  }
}

async function attempt(
  core: CoreContext,
  way: Way,
  holder: string,
  claimed: Claimed,
  stop?: AbortSignal,
  sent?: () => void | Promise<void>,
): Promise<void> {
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)
  const late = AbortSignal.timeout(attemptMs)
  const signal = stop ? AbortSignal.any([late, stop]) : late
  let secret = ''
  const hide = (text: string) => cut(secret ? text.replaceAll(secret, '[redacted]') : text, mostAnswer)
  let answer: Answer
  try {
    const { channel } = claimed
    if (!channel.enabled) throw new ChannelFault(`${channel.name} is out of use`, { retry: 'never' })
    secret = openSecret(core.vault, channel)
    const { kind, config } = channel
    answer = await sendByKind(
      { kind, config, secret },
      {
        message: claimed.message,
        notificationId: claimed.id,
        incidentId: claimed.incidentId,
        epoch: claimed.epoch,
        thread: claimed.thread,
        again: claimed.again,
        to: claimed.to,
      },
      { ...way, signal },
    )
  } catch (error) {
    if (stop?.aborted) return recordBrokenOff(core, holder, claimed, took())
    const fault =
      error instanceof ChannelFault
        ? error
        : new ChannelFault(
            error instanceof TenantryError ? error.message : 'Something is wrong inside Tenantry',
            {
              retry: error instanceof TenantryError ? 'never' : 'later',
              cause: error,
            },
          )
    if (!(error instanceof ChannelFault) && !(error instanceof TenantryError)) {
      core.log.error({ err: error, notification: claimed.id }, 'channel client failed')
    }
    await recordFault(core, holder, claimed, {
      ...fault,
      message: hide(fault.message),
      answer: fault.answer === null ? null : hide(fault.answer),
      tookMs: took(),
    })
    return
  }
  await sent?.()
  await recordDelivered(core, holder, claimed, { ...answer, answer: hide(answer.answer), tookMs: took() })
}
