import { resetPassword } from '@tenantry/core'
import { openControl } from '@tenantry/db'
import {
  type EmbeddedDatabases,
  findEmbeddedDatabases,
  startEmbeddedDatabases,
} from './boot/embedded-databases.ts'
import { HomeTaken, lockHome } from './boot/lock-home.ts'
import { readEnvironment } from './env.ts'

/** `reset-password <e-mail>`: prints a new password for a member. Works beside a running system and without one. */
async function main(email: string): Promise<void> {
  const settings = readEnvironment(process.env)
  if (settings.DATABASE_URL) return reset(settings.DATABASE_URL, email)
  await withEmbedded(settings.home, ({ controlUrl }) => reset(controlUrl, email))
}

async function reset(controlUrl: string, email: string): Promise<void> {
  const { db, pool } = openControl(controlUrl, { name: 'tenantry reset-password', max: 2 })
  try {
    const password = await resetPassword({ db }, email)
    console.log(
      `${password}\n\nThe new password of ${email}. It is shown once and must be changed at the next sign-in.`,
    )
  } finally {
    await pool.end()
  }
}

/** Uses the server of a running system and leaves it alone; without one, starts it for the moment. */
async function withEmbedded(
  home: string,
  use: (databases: EmbeddedDatabases) => Promise<void>,
): Promise<void> {
  let unlock: () => void
  try {
    unlock = lockHome(home)
  } catch (error) {
    if (!(error instanceof HomeTaken)) throw error
    const running = await findEmbeddedDatabases(home)
    if (!running) throw new Error('Tenantry is starting or stopping here: try again when it has.')
    return use(running)
  }
  try {
    const started = await startEmbeddedDatabases(home)
    try {
      await use(started)
    } finally {
      await started.server.stop()
    }
  } finally {
    unlock()
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
