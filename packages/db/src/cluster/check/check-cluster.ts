import { type ClusterCheck, type ClusterReport, clusterChecks } from '@tenantry/contracts'
import type pg from 'pg'
import { databaseChecks } from './database-checks.ts'
import { dial } from './dial.ts'
import { type ClusterIdentity, type KnownCluster, readIdentity, selfCheck, twinCheck } from './identity.ts'
import { ok } from './outcome.ts'
import { readFacts } from './read-facts.ts'
import { rightsCheck } from './rights-check.ts'
import { findSchemas, schemasCheck } from './schemas-check.ts'
import { connectionsCheck, serverChecks } from './server-checks.ts'
import { workerLoginCheck } from './worker-login-check.ts'

export interface ClusterLook {
  /** Operations at once that it shall stand. */
  readonly maxConcurrency: number
  /** Every cluster that is or was registered. */
  readonly known: readonly KnownCluster[]
  /** The registered cluster that the database must be; left out: it must be none. */
  readonly self?: KnownCluster | undefined
  /** Lets link-local addresses pass. */
  readonly linkLocal?: boolean
}

export interface ClusterSeen extends ClusterReport {
  /** Undefined when nobody was let in. */
  readonly identity: ClusterIdentity | undefined
}

/**
 * Looks at the database behind `adminUrl` and says one by one what is well, what is not and what mends it. Registers and
 * installs nothing; the roles of one check are dropped again.
 */
export async function checkCluster(adminUrl: string, look: ClusterLook): Promise<ClusterSeen> {
  const { client, checks } = await dial(adminUrl, { linkLocal: look.linkLocal ?? false })
  if (!client) return { checks, identity: undefined, serverVersion: null, schemas: [] }
  try {
    return await lookAround(client, adminUrl, look, checks)
  } finally {
    await client.end().catch(() => {})
  }
}

async function lookAround(
  client: pg.Client,
  adminUrl: string,
  { maxConcurrency, known, self }: ClusterLook,
  sofar: readonly ClusterCheck[],
): Promise<ClusterSeen> {
  const facts = await readFacts(client)
  const identity = await readIdentity(client)
  const old = facts.version < 150000
  // What a superuser alone may read must not end the look of somebody who is none.
  const lanes = facts.isInstalled && !old ? await countLanes(client).catch(() => 0) : 0
  const schemas = await findSchemas(client, facts).catch(() => [])
  const twin = self ? selfCheck(facts, identity, self) : twinCheck(facts, identity, lanes, known, adminUrl)
  const checks = [
    ...sofar,
    ok('login', `${facts.user} is let into ${facts.database}.`),
    ...serverChecks(facts),
    ...databaseChecks(facts),
    rightsCheck(facts),
    twin,
    connectionsCheck(facts, maxConcurrency),
    ...(facts.readOnly || old || facts.isControl || twin.outcome === 'error'
      ? []
      : [await workerLoginCheck(client, adminUrl, facts)]),
    schemasCheck(schemas),
  ]
  const order = Object.keys(clusterChecks)
  return {
    checks: checks.toSorted((a, b) => order.indexOf(a.check) - order.indexOf(b.check)),
    identity,
    serverVersion: facts.serverVersion,
    schemas,
  }
}

async function countLanes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM tenantry.tenant WHERE dropped_at IS NULL',
  )
  return rows[0]?.count ?? 0
}
