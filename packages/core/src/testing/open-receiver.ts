import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Heard {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any
  readonly raw: string
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Somebody who is sent HTTP to. */
export interface Receiver {
  readonly url: string
  /** Everything that came, in order. */
  readonly heard: Heard[]
  /** What is answered from now on; `hang`: nothing, until it closes. */
  answer(how: ((heard: Heard) => Reply) | 'hang'): void
  /** The next that comes. */
  next(): Promise<Heard>
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const heard: Heard[] = []
  let how: ((heard: Heard) => Reply) | 'hang' = () => ({ status: 200, body: {} })
  let waiting: ((one: Heard) => void)[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString()
      const one = { path: request.url ?? '', headers: request.headers, raw, body: parse(raw) }
      heard.push(one)
      const told = waiting
      waiting = []
      for (const tell of told) tell(one)
      if (how === 'hang') return
      const { status, body = {}, headers = {} } = how(one)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    answer: (next) => {
      how = next
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}
