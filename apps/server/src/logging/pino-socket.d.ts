declare module 'pino-socket' {
  import type { Writable } from 'node:stream'

  interface SocketOptions {
    readonly mode: 'tcp' | 'udp'
    readonly secure: boolean
    readonly address: string
    readonly port: number
    readonly reconnect: boolean
    readonly recovery: boolean
    readonly recoveryQueueMaxSize: number
    readonly echo: boolean
  }
  /** Resolves once the server has answered for the first time. */
  export default function connect(options: SocketOptions): Promise<Writable>
}
