import net from 'node:net'

/** A TCP relay in front of a server, that a test can cut like a cable. */
export async function startTcpRelay(target: { host: string; port: number }) {
  const sockets = new Set<net.Socket>()
  let open = true
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
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    /** Breaks every connection and refuses new ones. */
    cut() {
      open = false
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      open = true
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
