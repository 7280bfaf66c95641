import net from 'node:net'

/** A TCP relay in front of a server, that a test can cut like a cable. */
export async function startTcpRelay(target: { host: string; port: number }) {
  const sockets = new Set<net.Socket>()
  let open = true
  let frozen = false
  const server = net.createServer((inbound) => {
    if (!open) {
      inbound.destroy()
      return
    }
    const outbound = net.connect(target)
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    inbound.pipe(outbound).pipe(inbound)
    if (frozen) for (const socket of [inbound, outbound]) socket.pause()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    /** Breaks every connection and refuses new ones. */
    cut() {
      open = false
      for (const socket of sockets) socket.destroy()
    },
    /** Passes nothing on any more, and tells nobody: as if the server's machine had vanished. */
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    mend() {
      open = true
      if (frozen) for (const socket of sockets) socket.destroy()
      frozen = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
