import dgram from 'node:dgram'
import net from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { toLogRecord } from './log-record.ts'
import { openSyslog, type Syslog } from './open-syslog.ts'

/** RFC 5424, section 6: PRI VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG. */
const message =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) - - (.+)$/s

const resource = { 'service.name': 'tenantry', 'host.name': 'nöde one' }
const line = (level: number, msg: string) =>
  toLogRecord(JSON.stringify({ level, time: '2027-01-02T03:04:05.678Z', msg, operation: 'op_1' }))

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = async (url: string): Promise<Syslog> => {
  const syslog = await openSyslog(url, resource)
  closing.push(() => syslog.close())
  return syslog
}

it('sends a message of RFC 5424 a line by UDP, whose text is the line by OpenTelemetry', async () => {
  const server = dgram.createSocket('udp4')
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
  const heard = new Promise<string>((resolve) => server.once('message', (data) => resolve(String(data))))
  ;(await open(`udp://127.0.0.1:${server.address().port}`)).send(line(50, 'disk full'))
  const [, priority, at, host, app, pid, text = ''] = message.exec(await heard) ?? []
  expect({ priority, at, host, app, pid }).toEqual({
    // Facility 3, severity 3.
    priority: '27',
    at: '2027-01-02T03:04:05.678Z',
    host: 'ndeone',
    app: 'tenantry',
    pid: String(process.pid),
  })
  expect(JSON.parse(text)).toMatchObject({
    body: 'disk full',
    severity_text: 'ERROR',
    attributes: { 'tenantry.operation.id': 'op_1' },
  })
})

/** A syslog server over TCP that reads messages by their length. */
async function startTcp(port = 0) {
  const heard: string[] = []
  let tell = () => {}
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    let rest = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (;;) {
        const blank = rest.indexOf(' ')
        const length = Number(rest.subarray(0, blank))
        if (blank < 1 || rest.length < blank + 1 + length) return
        heard.push(rest.subarray(blank + 1, blank + 1 + length).toString())
        rest = rest.subarray(blank + 1 + length)
        tell()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  closing.push(close)
  return {
    port: (server.address() as net.AddressInfo).port,
    heard: (count: number) =>
      new Promise<string[]>((resolve) => {
        tell = () => heard.length >= count && resolve(heard)
        tell()
      }),
    close,
  }
}

it('says by TCP how long each message is, however many bytes a character has', async () => {
  const server = await startTcp()
  const syslog = await open(`tcp://127.0.0.1:${server.port}`)
  for (const text of ['füll', 'two\nlines', 'last']) syslog.send(line(30, text))
  const bodies = (await server.heard(3)).map((text) => JSON.parse(message.exec(text)?.[6] ?? '{}').body)
  expect(bodies).toEqual(['füll', 'two\nlines', 'last'])
})

it('keeps what is said while nobody answers, and sends it when somebody does', async () => {
  const { port, close } = await startTcp()
  await close()
  const syslog = await open(`tcp://127.0.0.1:${port}`)
  syslog.send(line(40, 'before'))
  const server = await startTcp(port)
  expect(JSON.parse(message.exec((await server.heard(1))[0] ?? '')?.[6] ?? '{}')).toMatchObject({
    body: 'before',
    severity_number: 13,
  })
})
