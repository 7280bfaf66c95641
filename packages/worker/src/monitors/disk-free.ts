import { statfs } from 'node:fs/promises'
import { isIP } from 'node:net'

/**
 * Bytes free on the disk of a server's files. PostgreSQL tells nobody; but where the server is on this very machine, the
 * file system does.
 * @param host where the server is reached
 * @returns null when it is elsewhere, or its files cannot be seen from here (a container's)
 */
export async function diskFree(host: string, dataDirectory: string | null): Promise<number | null> {
  if (!dataDirectory || !isHere(host)) return null
  try {
    const { bavail, bsize } = await statfs(dataDirectory)
    return bavail * bsize
  } catch {
    return null
  }
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
