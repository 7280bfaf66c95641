import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP line to a PostgreSQL server that a test can cut. */
export interface Line {
  readonly url: string
  /** Ends what is connected and refuses what comes. */
  cut(): Promise<void>
  restore(): Promise<void>
  close(): Promise<void>
}

export async function createLine(target: string): Promise<Line> {
  const to = new URL(target)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        open.delete(end)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  const port = await listen(0)
  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const end of open) end.destroy()
    await closed
  }
  return {
    url: url.href,
    cut,
    restore: async () => {
      await listen(port)
    },
    close: async () => {
      if (server.listening) await cut()
    },
  }
}
