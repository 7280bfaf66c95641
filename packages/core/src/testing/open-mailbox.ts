import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Mail {
  readonly from: string
  readonly to: readonly string[]
  /** Unfolded, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it came over TLS. */
  readonly secure: boolean
}

export interface Mailbox {
  readonly port: number
  readonly mails: Mail[]
  /** What the next mails are answered with; undefined: taken. */
  refuse(reply: { code: number; text: string } | undefined): void
  close(): Promise<void>
}

/** A real SMTP server. @param how whether it offers STARTTLS (with a certificate that nobody knows), and a password */
export async function openMailbox(how: { tls?: boolean; password?: string } = {}): Promise<Mailbox> {
  const mails: Mail[] = []
  let refusal: { code: number; text: string } | undefined
  const server = new SMTPServer({
    disabledCommands: how.tls ? [] : ['STARTTLS'],
    authOptional: how.password === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth({ password }, _session, done) {
      if (password === how.password) return done(null, { user: 'us' })
      done(Object.assign(new Error('No'), { responseCode: 535 }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (refusal) return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
        const [head = '', ...rest] = Buffer.concat(parts).toString().split('\r\n\r\n')
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          headers: headersOf(head),
          body: rest.join('\r\n\r\n'),
          secure: session.secure,
        })
        done(null, 'taken')
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuse: (reply) => {
      refusal = reply
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function headersOf(head: string): Record<string, string> {
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), decoded(line.slice(colon + 1).trim())]
    }),
  )
}

/** Encoded words (RFC 2047) as they are read. */
function decoded(text: string): string {
  const words = text.replaceAll(/\?=\s+=\?UTF-8\?Q\?/gi, '')
  return words.replace(/^=\?UTF-8\?Q\?(.*)\?=$/i, (_, word: string) =>
    decodeURIComponent(
      word
        .replaceAll('_', ' ')
        .replaceAll('%', '%25')
        .replaceAll(/=([0-9A-F]{2})/g, '%$1'),
    ),
  )
}
