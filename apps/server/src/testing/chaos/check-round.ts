import { setTimeout as delay } from 'node:timers/promises'
import { archivedSchemaNameOf } from '@tenantry/contracts'
import { brokenInvariants } from '../invariants.ts'
import type { Arena } from './start-arena.ts'

/** What a client was told, and what must therefore be so. */
export interface Promises {
  /** By idempotency key, the operation that the request became. */
  readonly accepted: ReadonlyMap<string, string>
  /** Tenants that nobody touched, with what they looked like before. */
  readonly bystanders: ReadonlyMap<string, string>
  /** Rows that the seed of the template that works puts into `book`. */
  readonly seeded: number
  readonly goodTemplate: string
  /** Its seed fails, for good and on purpose. */
  readonly badTemplate: string
}

/** After this long without faults whatever was begun has ended, or never will. */
const patienceMs = 150_000

/** Waits until no operation is on its way. @returns the ids of those that never end */
export async function awaitQuiet(arena: Arena): Promise<string[]> {
  const until = Date.now() + patienceMs
  for (;;) {
    const rows = await arena.ask<{ id: string }>(
      arena.control,
      'select id from control.operation where finished_at is null',
    )
    if (rows.length === 0 || Date.now() > until) return rows.map(({ id }) => id)
    await delay(100)
  }
}

/** What does not hold now that nothing moves any more, in sentences. */
export async function checkRound(arena: Arena, promises: Promises): Promise<string[]> {
  // What is left to do by itself comes after the last end: a login to take away, a spare to build.
  const until = Date.now() + 30_000
  for (;;) {
    const lost = (await awaitQuiet(arena)).map((id) => `lost: operation ${id} does not end`)
    const broken = [
      ...lost,
      ...(await brokenInvariants(arena.control, arena.cluster.pool)),
      ...(await brokenPromises(arena, promises)),
      ...(await brokenEffects(arena, promises)),
      ...(await failedForNothing(arena, promises)),
      ...(await notedByWitnesses(arena)),
      ...arena.crashes,
    ]
    if (broken.length === 0 || Date.now() > until) return broken
    await delay(250)
  }
}

/** Every accepted request is one operation, and there is no other. */
async function brokenPromises(arena: Arena, { accepted }: Promises): Promise<string[]> {
  const rows = await arena.ask<{ id: string; key: string }>(
    arena.control,
    'select id, idempotency_key as key from control.operation where requested_by = $1',
    [arena.userId],
  )
  const found = new Map(rows.map(({ id, key }) => [key, id]))
  const broken: string[] = []
  for (const [key, id] of accepted) {
    if (!found.has(key)) broken.push(`lost: operation ${id} was promised and is not there`)
    else if (found.get(key) !== id) broken.push(`doubled: request ${key} is ${id} and ${found.get(key)}`)
  }
  for (const [key, id] of found) {
    if (!accepted.has(key)) broken.push(`doubled: operation ${id} was never answered to anybody`)
  }
  return broken
}

/** What a provision puts into a tenant is there once, also after all that was done to it since. */
async function brokenEffects(
  arena: Arena,
  { bystanders, seeded, goodTemplate }: Promises,
): Promise<string[]> {
  const tenants = await arena.ask<{ id: string; schema: string; state: string; fence: string }>(
    arena.control,
    `select id, schema_name as schema, state, fence from control.tenant
     where state in ('active', 'suspended', 'archived') and template_id = $1`,
    [goodTemplate],
  )
  const lanes = await arena.ask<{ id: string; fence: string }>(
    arena.cluster,
    'select tenant_id as id, fence from tenantry.tenant',
  )
  const broken: string[] = []
  for (const { id, schema, state, fence } of tenants) {
    const name = state === 'archived' ? archivedSchemaNameOf(id) : schema
    const count = await seedOf(arena, name)
    if (count !== `${seeded} rows, ${seeded} titles`)
      broken.push(`doubled or lost: the seed of ${id} has ${count}`)
    const lane = lanes.find((each) => each.id === id)
    if (!lane) broken.push(`lost: ${id} has no lane on its cluster`)
    else if (Number(lane.fence) > Number(fence)) {
      broken.push(`the lane of ${id} is at fence ${lane.fence}, the registry at ${fence}`)
    }
  }
  for (const [schema, before] of bystanders) {
    const now = await portrait(arena, schema)
    if (now !== before) broken.push(`a bystander was touched: ${schema} was ${before} and is ${now}`)
  }
  return broken
}

/** Faults delay, and may use up the attempts; a permanent failure means that a step met what it should have known of. */
async function failedForNothing(arena: Arena, { badTemplate }: Promises): Promise<string[]> {
  const rows = await arena.ask<{ id: string; kind: string; error: { message?: string; step?: string } }>(
    arena.control,
    `select id, kind, error from control.operation
     where state = 'failed' and error ->> 'class' = 'permanent' and template_id is distinct from $1`,
    [badTemplate],
  )
  return rows.map(
    ({ id, kind, error }) => `${kind} ${id} failed for nothing, at ${error.step}: ${error.message}`,
  )
}

async function seedOf(arena: Arena, schema: string): Promise<string> {
  const [there] = await arena.ask(arena.cluster, `select 1 from pg_class where oid = to_regclass($1)`, [
    `${schema}.book`,
  ])
  if (!there) return 'no table'
  const [row] = await arena.ask<{ rows: string; titles: string }>(
    arena.cluster,
    `select count(*) as rows, count(distinct title) as titles from ${schema}.book`,
  )
  return `${row?.rows} rows, ${row?.titles} titles`
}

/** A schema's structure and contents in one line. */
export async function portrait(arena: Arena, schema: string): Promise<string> {
  const [row] = await arena.ask<{ structure: string; contents: string }>(
    arena.cluster,
    `select f.fingerprint as structure, (select md5(string_agg(b::text, ',' order by b::text)) from ${schema}.book b) as contents
     from tenantry.fingerprints(array[$1::name]) f`,
    [schema],
  )
  return `${row?.structure} ${row?.contents}`
}

async function notedByWitnesses(arena: Arena): Promise<string[]> {
  const noted = await Promise.all(
    [arena.control, arena.cluster].map((site) =>
      arena.ask<{ what: string }>(site, 'select what from chaos.broken order by at'),
    ),
  )
  return noted.flat().map(({ what }) => what)
}
