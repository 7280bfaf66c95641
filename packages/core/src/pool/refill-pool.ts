import { poolWorkAtOnce, spareSchemaNameOf } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { spare } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { onceAcrossProcesses } from '../duties/once-across-processes.ts'
import { enqueueOperation } from '../operations/enqueue-operation.ts'
import type { VerbContext } from '../run-verb.ts'

export interface Refill {
  /** Spares that nobody will use any more: of an older version, or too many. */
  readonly left: number
  readonly builds: number
  readonly drops: number
  /** Builds wait for the end of a burst of sign-ups: look again soon. */
  readonly heldBack: boolean
}

/** How long after the last sign-up a burst is over, in milliseconds. */
export const burstMs = 250

/**
 * Brings the warm pool nearer to what its policies say: gives up ready spares that are stale or too many, asks for the
 * builds that are missing and for the drop of what is left. All in one transaction, by one process at a time; what a
 * cluster has in hand at once is bounded, so the caller runs it again when some of it has ended.
 */
export async function refillPool(core: CoreContext): Promise<Refill> {
  const done = { left: 0, builds: 0, drops: 0, heldBack: false }
  await onceAcrossProcesses(core.db, 'refill-pool', async (tx) => {
    const chain: Parameters<VerbContext['audit']>[0][] = []
    const context: VerbContext = { tx, core, actor: systemActor, audit: (entry) => chain.push(entry) }
    done.left = await giveUp(tx)
    const missing = await listMissing(tx)
    done.heldBack = missing.some((row) => row.held)
    done.builds = await requestBuilds(
      context,
      missing.filter((row) => !row.held),
    )
    done.drops = await requestDrops(context)
    for (const entry of chain) {
      await appendAudit(tx, systemActor, { action: 'spare.build', outcome: 'requested', ...entry })
    }
  })
  return done
}

/** Ready spares of an older version, and the newest beyond what is wanted. One that is being taken right now stays. */
async function giveUp(tx: Database): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update control.spare set state = 'left' where state = 'ready' and id in (
      select s.id from control.spare s
      join (
        select r.id, r.template_version is distinct from p.ready_version as stale, p.wanted, row_number() over (
          partition by r.template_id, r.cluster_id, r.template_version order by r.ready_at, r.id) as place
        from control.spare r
        join control.pool_state() p on p.template_id = r.template_id and p.cluster_id = r.cluster_id
        where r.state = 'ready' and r.origin = 'pool'
      ) ranked on ranked.id = s.id and (ranked.stale or ranked.place > ranked.wanted)
      where s.state = 'ready' for update of s skip locked)`)
  return rowCount ?? 0
}

interface Missing extends Record<string, unknown> {
  templateId: string
  clusterId: string
  version: number
  missing: number
  held: boolean
}

/**
 * What each pool lacks. While sign-ups come one after another and half of the pool is still ready, building waits: it
 * would take from the sign-ups the speed that the pool is there for.
 */
async function listMissing(tx: Database): Promise<Missing[]> {
  const { rows } = await tx.execute<Missing>(sql`
    select p.template_id as "templateId", p.cluster_id as "clusterId", p.ready_version as version,
      -- After a failure one build shows whether the next ones would fail as well.
      case when p.failed > 0 then least(1 - p.building, p.wanted - p.ready - p.building)
           else p.wanted - p.ready - p.building end as missing,
      p.ready * 2 >= p.wanted and exists (
        select from control.operation o
        where o.created_at > clock_timestamp() - ${burstMs} * interval '1 ms' and o.kind = 'tenant.claim'
          and o.template_id = p.template_id and o.cluster_id = p.cluster_id) as held
    from control.pool_state() p
    join control.cluster c on c.id = p.cluster_id and c.state = 'active' and c.reachable
    where p.wanted > p.ready + p.building
      and (p.build_not_before is null or p.build_not_before <= clock_timestamp())
    order by p.ready + p.building, p.template_id`)
  return rows
}

/** One spare after another in turn of the templates, until nothing is missing or the cluster has enough in hand. */
async function requestBuilds(context: VerbContext, rows: Missing[]): Promise<number> {
  const room = rows.length ? await roomFor(context.tx, 'spare.build') : new Map()
  let requested = 0
  for (let progress = true; progress; ) {
    progress = false
    for (const row of rows) {
      const free = room.get(row.clusterId) ?? 0
      if (row.missing <= 0 || free <= 0) continue
      await requestBuild(context, row)
      row.missing--
      room.set(row.clusterId, free - 1)
      requested++
      progress = true
    }
  }
  return requested
}

async function requestBuild(
  context: VerbContext,
  { templateId, clusterId, version }: Missing,
): Promise<void> {
  const id = newId('tn')
  const schemaName = spareSchemaNameOf(id)
  await context.tx
    .insert(spare)
    .values({ id, origin: 'pool', clusterId, schemaName, templateId, templateVersion: version })
  const input = { spareId: id, templateVersion: version, schema: schemaName }
  await enqueueOperation(
    context,
    { kind: 'spare.build', idempotencyKey: `build ${id}`, clusterId, spareId: id, templateId, input },
    input,
  )
}

interface Left extends Record<string, unknown> {
  id: string
  clusterId: string
  templateId: string | null
  schemaName: string
  tries: number
  fence: string
}

/** What is left over and in nobody's hands. A drop that failed is tried again after ten seconds, doubling to an hour. */
async function requestDrops(context: VerbContext): Promise<number> {
  const { rows } = await context.tx.execute<Left>(sql`
    select s.id, s.cluster_id as "clusterId", s.template_id as "templateId", s.schema_name as "schemaName",
      s.fence, before.tries::int as tries
    from control.spare s
    join control.cluster c on c.id = s.cluster_id and c.state <> 'detached' and c.reachable
    cross join lateral (
      select coalesce(bool_or(o.finished_at is null), false) as busy,
        count(*) filter (where o.kind = 'spare.drop') as tries,
        max(o.finished_at) filter (where o.kind = 'spare.drop') as ended
      from control.operation o where o.spare_id = s.id
    ) before
    where s.state = 'left' and not before.busy
      and (before.tries = 0 or before.ended
        + least(3600, 5 * 2 ^ least(before.tries, 12)) * interval '1 second' <= clock_timestamp())
    order by s.created_at limit 200`)
  const room = rows.length ? await roomFor(context.tx, 'spare.drop') : new Map()
  let requested = 0
  for (const { id, clusterId, templateId, schemaName, tries, fence } of rows) {
    const free = room.get(clusterId) ?? 0
    if (free <= 0) continue
    const input = { spareId: id, schema: schemaName }
    await enqueueOperation(
      context,
      {
        kind: 'spare.drop',
        // What is left of the same id another time, after a move, counts its tries anew: its fence is higher.
        idempotencyKey: `drop ${id} ${tries + 1} at ${fence}`,
        clusterId,
        spareId: id,
        ...(templateId ? { templateId } : {}),
        input,
      },
      input,
    )
    room.set(clusterId, free - 1)
    requested++
  }
  return requested
}

/** How many more operations of a kind each cluster may have in hand. */
async function roomFor(tx: Database, kind: 'spare.build' | 'spare.drop'): Promise<Map<string, number>> {
  const { rows } = await tx.execute<{ id: string; max: number; inHand: number }>(sql`
    select c.id, c.max_concurrency as max, (
      select count(*)::int from control.operation o
      where o.finished_at is null and o.kind = ${kind} and o.cluster_id = c.id) as "inHand"
    from control.cluster c`)
  return new Map(rows.map(({ id, max, inHand }) => [id, poolWorkAtOnce(max) - inHand]))
}
