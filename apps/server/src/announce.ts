import type { Logger } from 'pino'
import type { LogFormat } from './logging/log-formats.ts'

interface Announcement {
  readonly address: string
  readonly role: string
  readonly format: LogFormat
  readonly administrator: { email: string; password: string } | undefined
  readonly log: Logger
}

/** Says where Tenantry is and, once, how to sign in the first time. The one place that prints a password. */
export function announce({ address, role, format, administrator, log }: Announcement): void {
  if (format !== 'pretty') {
    if (administrator) {
      log.warn(
        { email: administrator.email, firstPassword: administrator.password },
        'first administrator: sign in and choose a password of your own; this is shown once',
      )
    }
    log.info({ address }, 'ready')
    return
  }
  if (role === 'worker') {
    log.info({ address }, 'worker is ready')
    return
  }
  const lines = [`Tenantry is ready: ${address}`]
  if (administrator) {
    lines.push('', `  e-mail    ${administrator.email}`, `  password  ${administrator.password}`)
    lines.push('', 'This password is shown once; you choose your own when you sign in.')
  }
  lines.push('', 'Ctrl-C stops it.')
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
}
