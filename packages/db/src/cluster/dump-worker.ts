// Runs pg_dump (WASM) in a thread of its own. pg_dump talks to its server synchronously, so this thread sleeps until the
// main thread, which owns the real connection, has put the server's answer into the port.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { pgDump } from '@electric-sql/pglite-tools/pg_dump'

export interface DumpOrder {
  readonly args: string[]
  readonly serverVersion: string
  /** `on` or `off`: what pg_dump may look at. */
  readonly superuser: string
  readonly wire: MessagePort
  /** One Int32: the main thread adds to it and wakes this thread when an answer is in the port. */
  readonly answered: Int32Array
}

const { args, serverVersion, superuser, wire, answered } = workerData as DumpOrder
const sslRequest = 80877103
const gssRequest = 80877104

function message(type: string, ...body: (string | Buffer)[]): Buffer {
  const content = Buffer.concat(
    body.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)),
  )
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

/** The main thread has logged in already: what a server says after a login, without asking one. */
function welcome(): Buffer {
  const parameters = {
    server_version: serverVersion,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    standard_conforming_strings: 'on',
    integer_datetimes: 'on',
    is_superuser: superuser,
  }
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) => message('S', name, value)),
    message('K', Buffer.alloc(8)),
    message('Z', Buffer.from('I')),
  ])
}

/** Whether the bytes are whole messages of which the last one makes the server answer (Query or Sync). */
function asksForAnswer(bytes: Buffer): boolean {
  let at = 0
  let last = ''
  while (bytes.length - at >= 5) {
    last = String.fromCharCode(bytes[at] ?? 0)
    at += bytes.readInt32BE(at + 1) + 1
  }
  return at === bytes.length && (last === 'Q' || last === 'S')
}

function ask(bytes: Buffer): Uint8Array {
  wire.postMessage(bytes)
  Atomics.wait(answered, 0, 0)
  Atomics.store(answered, 0, 0)
  const answer: Uint8Array | Error | undefined = receiveMessageOnPort(wire)?.message
  if (!(answer instanceof Uint8Array)) throw answer ?? new Error('no answer from the server')
  return answer
}

let greeted = false
let pending: Buffer = Buffer.alloc(0)

/** Stands in for the one method of PGlite by which pg_dump reaches its server. */
const server = {
  query: async () => ({ rows: [{ search_path: '' }] }),
  exec: async () => [],
  execProtocolRawStream(sent: Uint8Array, { onRawData }: { onRawData: (bytes: Uint8Array) => void }) {
    pending = Buffer.concat([pending, sent])
    if (!greeted) {
      const code = pending.readInt32BE(4)
      pending = Buffer.alloc(0)
      if (code === sslRequest || code === gssRequest) return onRawData(Buffer.from('N'))
      greeted = true
      return onRawData(welcome())
    }
    if (!asksForAnswer(pending)) return
    const whole = pending
    pending = Buffer.alloc(0)
    onRawData(ask(whole))
  },
}

try {
  const file = await pgDump({ pg: server as unknown as Parameters<typeof pgDump>[0]['pg'], args })
  parentPort?.postMessage({ dump: await file.text() })
} catch (error) {
  parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) })
}
