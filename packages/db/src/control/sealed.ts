import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Encrypts a secret for keeping in the control database: AES-256-GCM under the master key, bound to `context` (such as
 * `cluster:cl_…:worker`), so that a sealed value moved to another row does not open.
 * @param key 32 bytes
 * @returns `v1.<iv>.<tag>.<text>`, each in base64url
 */
export function seal(key: Buffer, context: string, secret: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return ['v1', ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.')
}

/** @throws when the key or the context is not the one it was sealed with, or the value was changed */
export function unseal(key: Buffer, context: string, sealed: string): string {
  const [version, iv, tag, text] = sealed.split('.')
  if (version !== 'v1' || !iv || !tag || text === undefined) throw new Error(`Not a sealed value: ${context}`)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
      .setAAD(Buffer.from(context))
      .setAuthTag(Buffer.from(tag, 'base64url'))
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Error(`Cannot unseal ${context}: sealed with another master key, or changed since`, { cause })
  }
}

/** The master key at work: seals and opens, and never shows itself. */
export interface Vault {
  seal(context: string, secret: string): string
  /** @throws when it was sealed with another master key, for another context, or changed since */
  unseal(context: string, sealed: string): string
  /** Proves that we have said `text`: HMAC-SHA-256 by a key of this purpose alone, in base64url. */
  sign(purpose: string, text: string): string
}

export function openVault(masterKey: Buffer): Vault {
  return {
    seal: (context, secret) => seal(masterKey, context, secret),
    unseal: (context, sealed) => unseal(masterKey, context, sealed),
    sign(purpose, text) {
      const key = Buffer.from(hkdfSync('sha256', masterKey, '', `tenantry ${purpose}`, 32))
      return createHmac('sha256', key).update(text).digest('base64url')
    },
  }
}
