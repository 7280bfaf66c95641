import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One message as it came in. */
export interface Told {
  /** The same over every attempt at one message. */
  readonly messageId: string
  readonly incidentId: string
  readonly epoch: number
  readonly event: string
  /** Milliseconds. */
  readonly at: number
}

export interface FlakyReceiver {
  readonly url: string
  /** Everything that came, in order, repetitions too. */
  readonly told: readonly Told[]
  close(): Promise<void>
}

/**
 * Somebody who is told by webhook, over a bad line: some messages arrive and their answer is lost, some are answered with
 * an error although they were taken, some only after the sender has stopped waiting for a while.
 * @param draw from 0 to 1: below 0.05 the answer is lost, below 0.1 it is a 503
 */
export async function openFlakyReceiver(draw: () => number): Promise<FlakyReceiver> {
  const told: Told[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(parts).toString())
      const messageId = String(request.headers['webhook-id'])
      told.push({
        messageId,
        incidentId: data.incidentId,
        epoch: data.epoch,
        event: data.event,
        at: Date.now(),
      })
      const fate = draw()
      if (fate < 0.05) request.socket.destroy()
      else response.writeHead(fate < 0.1 ? 503 : 200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
