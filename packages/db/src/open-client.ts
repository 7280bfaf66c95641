import pg from 'pg'

/**
 * One connection for work that needs its own. It gives up on a server that does not answer, and its end between two
 * queries is told by the next query, not by an event that nobody hears.
 * @throws the server's or the network's own error
 */
export async function openClient(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}
