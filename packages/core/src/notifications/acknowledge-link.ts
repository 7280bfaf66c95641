import { timingSafeEqual } from 'node:crypto'
import type { CoreContext } from '../core-context.ts'

const purpose = 'acknowledge link'
export const linkHours = 24

export interface AcknowledgeLink {
  readonly incidentId: string
  readonly epoch: number
  readonly userId: string
  readonly expiresAt: Date
}

/** A link by which one person may take one incident without signing in: it says who, what and until when, and is signed. */
export function signAcknowledgeLink(
  core: CoreContext,
  { id, epoch }: { id: string; epoch: number },
  userId: string,
  now = new Date(),
): string {
  const expires = Math.floor(now.getTime() / 1000) + linkHours * 3600
  const said = [id, epoch, userId, expires].join('.')
  const base = (core.publicUrl ?? '').replace(/\/$/, '')
  return `${base}/acknowledge?link=${said}.${core.vault.sign(purpose, said)}`
}

/** What a link says; undefined when we have not said it. That it has expired is the reader’s to see. */
export function readAcknowledgeLink(core: CoreContext, link: string): AcknowledgeLink | undefined {
  const parts = link.split('.')
  const [incidentId, epoch, userId, expires, proof] = parts
  if (parts.length !== 5 || !incidentId || !epoch || !userId || !expires || !proof) return undefined
  const wanted = Buffer.from(core.vault.sign(purpose, parts.slice(0, 4).join('.')))
  const given = Buffer.from(proof)
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined
  return { incidentId, epoch: Number(epoch), userId, expiresAt: new Date(Number(expires) * 1000) }
}
