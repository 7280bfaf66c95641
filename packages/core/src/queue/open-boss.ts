import { PgBoss } from 'pg-boss'

/**
 * A started pg-boss on a queue that `prepareQueues` has made.
 * @param supervise whether this process also does pg-boss's housekeeping; workers do
 */
export async function openBoss(
  url: string,
  options: { name: string; supervise: boolean; onError: (error: Error) => void },
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: options.name,
    max: options.supervise ? 6 : 2,
    // What the queue itself writes (taken, completed) may be lost with the server: it only wakes, and an operation that
    // is looked at twice is claimed once. Wake-ups are sent in the verb's own transaction, which is durable.
    options: '-c synchronous_commit=off',
    migrate: false,
    createSchema: false,
    supervise: options.supervise,
    schedule: false,
    useListenNotify: options.supervise,
    monitorVacuum: false,
    reindex: false,
  })
  boss.on('error', options.onError)
  return boss.start()
}
