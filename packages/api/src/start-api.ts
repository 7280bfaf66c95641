import { setTimeout as delay } from 'node:timers/promises'
import { type ApiParts, createApiServer } from './server.ts'

export interface RunningApi {
  /** Where it listens, such as `http://127.0.0.1:4100`. */
  readonly address: string
  /** Not ready, sockets asked to leave, then closed once what is under way has ended. */
  close(): Promise<void>
}

/** Starts the door. @throws when the port is taken or the control database does not answer */
export async function startApi(parts: ApiParts, listen: { host: string; port: number }): Promise<RunningApi> {
  const app = await createApiServer(parts)
  const address = await app.listen(listen)
  return {
    address,
    async close() {
      app.drain()
      await delay(parts.config.drainMs)
      await app.close()
    },
  }
}
