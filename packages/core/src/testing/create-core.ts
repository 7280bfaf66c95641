import { randomBytes } from 'node:crypto'
import { newId, openVault } from '@tenantry/db'
import { cluster, migration, template, templateVersion, user } from '@tenantry/db/schema'
import { type ControlTestDatabase, createControlDatabase } from '@tenantry/db/testing'
import pino from 'pino'
import type { Actor } from '../actor.ts'
import type { CoreContext } from '../core-context.ts'
import { openBoss } from '../queue/open-boss.ts'
import { prepareQueues } from '../queue/prepare-queues.ts'
import { createQueue } from '../queue/queue.ts'

const names = { schema: 's', owner: 'o', writer: 'w', app: 'a' }

export interface TestCore {
  readonly core: CoreContext
  readonly control: ControlTestDatabase
  readonly ids: { readonly cluster: string; readonly template: string; readonly user: string }
  /** An administrator. */
  readonly ana: Actor
  as(role: Actor['role']): Actor
  close(): Promise<void>
}

/** A control database with a queue, one cluster, one ready template and one administrator. Nothing works the queue. */
export async function createTestCore(): Promise<TestCore> {
  const control = await createControlDatabase()
  const ids = { cluster: newId('cl'), template: newId('tp'), user: newId('us') }
  const { db } = control
  await db.insert(user).values({ id: ids.user, email: 'ana@tenantry.test', name: 'Ana', role: 'admin' })
  await db.insert(cluster).values({ id: ids.cluster, name: 'eu-1', adminUrl: '', workerUrl: '' })
  await db.insert(template).values({ id: ids.template, slug: 'university', name: 'University' })
  await db
    .insert(migration)
    .values({ templateId: ids.template, version: 1, name: 'first', sql: 'select 1', checksum: '' })
  await db.insert(templateVersion).values({
    templateId: ids.template,
    version: 1,
    state: 'ready',
    snapshot: '',
    placeholders: names,
    fingerprint: 'f',
  })
  await prepareQueues(control.url, [ids.cluster])
  const boss = await openBoss(control.url, { name: 'test', supervise: false, onError: () => {} })
  const ana: Actor = { userId: ids.user, name: 'Ana', role: 'admin', requestId: 'req-1' }
  return {
    core: { db, queue: createQueue(boss), log: pino({ level: 'silent' }), vault: openVault(randomBytes(32)) },
    control,
    ids,
    ana,
    as: (role) => ({ ...ana, role }),
    async close() {
      await boss.stop({ graceful: false })
      await control.drop()
    },
  }
}
