import type { Socket } from 'node:net'
import { MessageChannel, Worker } from 'node:worker_threads'
import pg from 'pg'
import type { DumpOrder } from './dump-worker.ts'

/**
 * What `pg_dump` writes about one schema, without owners. Runs in a thread of its own, so that the event loop stays free.
 * Reads the catalog of the whole database: milliseconds in a small one, seconds where there are thousands of schemas.
 * @param login a superuser of the database, or the schema's owner
 * @throws with pg_dump's own words
 */
export async function dumpSchema(
  login: pg.ClientConfig,
  schema: string,
  options: { privileges: boolean; rows: boolean },
): Promise<string> {
  const client = new pg.Client(login)
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ version: string; superuser: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('is_superuser') AS superuser`,
  )
  const { port1, port2 } = new MessageChannel()
  const order: DumpOrder = {
    args: [
      `--schema=${schema}`,
      '--no-owner',
      '--restrict-key=tenantry',
      ...(options.privileges ? [] : ['--no-privileges']),
      ...(options.rows ? [] : ['--schema-only']),
    ],
    serverVersion: rows[0]?.version.split(' ')[0] ?? '',
    superuser: rows[0]?.superuser ?? 'off',
    wire: port2,
    answered: new Int32Array(new SharedArrayBuffer(4)),
  }
  const socket = takeSocket(client)
  const reply = (answer: Uint8Array | Error) => {
    port1.postMessage(answer)
    Atomics.store(order.answered, 0, 1)
    Atomics.notify(order.answered, 0)
  }
  onAnswer(socket, reply)
  socket.once('close', () => reply(new Error('the server ended the connection')))
  port1.on('message', (bytes: Uint8Array) => socket.write(bytes))
  const worker = new Worker(new URL('./dump-worker.ts', import.meta.url), {
    workerData: order,
    transferList: [port2],
  })
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', ({ dump, error }: { dump?: string; error?: string }) => {
        if (dump === undefined) reject(new Error(`pg_dump: ${error}`))
        else resolve(dump)
      })
    })
  } finally {
    socket.removeAllListeners('close')
    port1.close()
    socket.destroy()
    await worker.terminate()
  }
}

/** The client has logged in, over TLS where it must; from here on pg_dump itself speaks on its socket. */
function takeSocket(client: pg.Client): Socket {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  for (const event of ['data', 'readable', 'end', 'close', 'error']) stream.removeAllListeners(event)
  stream.on('error', () => {})
  return stream
}

/** Calls back with everything that the server said, each time it is ready for the next query. */
function onAnswer(socket: Socket, answer: (bytes: Uint8Array) => void): void {
  const readyForQuery = 'Z'.charCodeAt(0)
  let received: Buffer[] = []
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    while (rest.length - at >= 5) {
      const end = at + rest.readInt32BE(at + 1) + 1
      if (end > rest.length) break
      if (rest[at] === readyForQuery) {
        const whole = Buffer.concat([...received, rest.subarray(0, end)])
        received = []
        rest = rest.subarray(end)
        at = 0
        answer(new Uint8Array(whole))
      } else at = end
    }
    if (at > 0) {
      received.push(rest.subarray(0, at))
      rest = rest.subarray(at)
    }
  })
  socket.resume()
}
