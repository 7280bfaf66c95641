import { type CoreContext, resetPassword } from '@tenantry/core'
import { openControl } from '@tenantry/db'
import { startEmbeddedDatabases } from './boot/embedded-databases.ts'
import { readEnvironment } from './env.ts'
import { openLogger } from './open-logger.ts'

/** `reset-password <e-mail>`: prints a new password for a member. Works beside a running system and without one. */
async function main(email: string): Promise<void> {
  const settings = readEnvironment(process.env)
  const embedded = settings.embedded ? await startEmbeddedDatabases(settings.home) : undefined
  const { db, pool } = openControl(embedded?.controlUrl ?? settings.DATABASE_URL ?? '', {
    name: 'tenantry reset-password',
    max: 2,
  })
  try {
    const log = openLogger('warn', 'json', 'reset-password')
    const core: CoreContext = { db, log, queue: { wake: () => Promise.reject(new Error('no queue here')) } }
    const password = await resetPassword(core, email)
    console.log(
      `${password}\n\nThe new password of ${email}. It is shown once and must be changed at the next sign-in.`,
    )
  } finally {
    await pool.end()
    if (embedded && !embedded.server.adopted) await embedded.server.stop()
  }
}

const [email] = process.argv.slice(2)
if (!email) {
  console.error('Which member? reset-password <e-mail>')
  process.exit(2)
}
try {
  await main(email)
} catch (error) {
  const { message, detail } = error as Error & { detail?: { action?: string } }
  console.error([message, detail?.action].filter(Boolean).join(' '))
  process.exit(1)
}
