import type { Writable } from 'node:stream'
import type { LogRecord } from './log-record.ts'
import { asSyslog } from './write-record.ts'

/** Lines that are kept while nobody answers; then the oldest go. */
const most = 1000

export interface Syslog {
  send(record: LogRecord): void
  close(): Promise<void>
}

/**
 * Sends the log to a syslog server: `udp://host:514`, `tcp://host:601` or `tls://host:6514`; over a stream each message
 * says its length first (RFC 6587, RFC 5425). A server that is away holds nothing up.
 */
export async function openSyslog(url: string, resource: Readonly<Record<string, string>>): Promise<Syslog> {
  const { default: connect } = await import('pino-socket')
  const { protocol, hostname, port } = new URL(url)
  const isStream = protocol !== 'udp:'
  const waiting: Buffer[] = []
  let connection: Writable | undefined
  let isClosed = false
  void connect({
    mode: isStream ? 'tcp' : 'udp',
    secure: protocol === 'tls:',
    address: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 514),
    reconnect: true,
    recovery: true,
    recoveryQueueMaxSize: 4 * 1024 * 1024,
    echo: false,
  }).then((opened) => {
    // What it cannot send it keeps or drops by itself; nobody else listens.
    opened.on('error', () => {})
    if (isClosed) return void opened.destroy()
    for (const message of waiting.splice(0)) opened.write(message)
    connection = opened
  })
  return {
    send(record) {
      const text = asSyslog(record, resource)
      const message = Buffer.from(isStream ? `${Buffer.byteLength(text)} ${text}` : text)
      if (connection) connection.write(message)
      else if (waiting.push(message) > most) waiting.shift()
    },
    async close() {
      isClosed = true
      const open = connection
      if (open) await new Promise<void>((resolve) => open.end(() => resolve()))
      open?.destroy()
    },
  }
}
