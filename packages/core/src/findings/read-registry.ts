import { type SpareState, spareSchemaNameOf, type TenantState } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import { type Wish, wishOfTenant } from './compare.ts'

interface Row extends Record<string, unknown> {
  readonly noun: 'tenant' | 'spare'
  readonly id: string
  readonly state: string
  readonly cluster_id: string
  readonly schema_name: string
  readonly fence: string
  readonly busy: boolean
  readonly drop_failed: boolean
}

/** One id as the registry has it: two that are equal are of one moment as far as any cluster can tell. */
export interface Registered {
  /** Everything that an operation changes when it takes hold of the id, and when it ends. */
  readonly mark: string
  readonly isBusy: boolean
  readonly names: readonly string[]
  /** Undefined: nothing can be said. */
  readonly wish: Wish | undefined
}

/**
 * What the registry wants of a cluster, in one snapshot: its tenants and spares that are not gone, and whatever else is
 * known of the ids in `asked`.
 */
export async function readRegistry(
  db: Database,
  clusterId: string,
  asked: readonly string[],
): Promise<Map<string, Registered>> {
  const { rows } = await db.execute<Row>(sql`
    with busy as (
      select x.id from control.operation o, unnest(array[o.tenant_id, o.source_id, o.spare_id]) x (id)
      where o.finished_at is null and x.id is not null),
    -- Whoever knows one row of an id knows all of them: one that was moved has a row here and one there.
    known as (
      select id from control.tenant where cluster_id = ${clusterId} and state not in ('discarded', 'purged')
      union select id from control.spare where cluster_id = ${clusterId} and state not in ('taken', 'dropped')
      union select unnest(${sql.param(asked)}::text[]))
    select 'tenant' as noun, t.id, t.state, t.cluster_id, t.schema_name, t.fence, t.id in (select id from busy) as busy,
      false as drop_failed
    from control.tenant t
    where t.id in (select id from known)
    union all
    select 'spare', s.id, s.state, s.cluster_id, s.schema_name, s.fence, s.id in (select id from busy),
      exists (select from control.operation o where o.spare_id = s.id and o.kind = 'spare.drop')
    from control.spare s
    -- A taken one is its tenant, which speaks for itself.
    where s.state <> 'taken' and s.id in (select id from known)`)
  const byId = Map.groupBy(rows, ({ id }) => id)
  return new Map([...byId].map(([id, of]) => [id, registered(id, of, clusterId)]))
}

function registered(id: string, rows: readonly Row[], clusterId: string): Registered {
  const here = rows.filter((row) => row.cluster_id === clusterId)
  const tenant = here.find(({ noun }) => noun === 'tenant')
  const spare = here.find(({ noun, state }) => noun === 'spare' && !isOver(noun, state))
  return {
    // What is over is read only of ids that were asked for, so it must not make two readings differ: a tenant that came
    // from the pool keeps its spare's row for ever.
    mark: rows
      .filter(({ noun, state }) => !isOver(noun, state))
      .map(({ noun, state, cluster_id, schema_name, fence, busy }) =>
        [noun, state, cluster_id, schema_name, fence, busy].join('/'),
      )
      .toSorted()
      .join(' '),
    isBusy: rows.some(({ busy }) => busy),
    names: [...here.map(({ schema_name }) => schema_name), spareSchemaNameOf(id)],
    wish: tenant
      ? wishOfTenant({
          id,
          state: tenant.state as TenantState,
          schemaName: tenant.schema_name,
          fence: Number(tenant.fence),
        })
      : spare
        ? wishOfSpare(spare)
        : { id, holder: null, there: null },
  }
}

const over: Readonly<Record<Row['noun'], readonly string[]>> = {
  tenant: ['discarded', 'purged'],
  spare: ['taken', 'dropped'],
}
const isOver = (noun: Row['noun'], state: string) => over[noun].includes(state)

/** One that is left is the pool's to drop, and no finding before that has failed. */
function wishOfSpare({ id, state, schema_name, fence, drop_failed }: Row): Wish | undefined {
  const spareState = state as SpareState
  if (spareState === 'ready') {
    return { id, holder: 'spare', there: { schema: schema_name, fence: Number(fence), open: true } }
  }
  return spareState === 'left' && drop_failed ? { id, holder: 'spare', there: null } : undefined
}
