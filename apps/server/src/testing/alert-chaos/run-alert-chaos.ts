import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setRuleInput } from '@tenantry/contracts'
import { runVerb, setChannel, setPolicy, setRule } from '@tenantry/core'
import { createTestCore } from '@tenantry/core/testing'
import { newId, openVault } from '@tenantry/db'
import { createRandom } from '../chaos/random.ts'
import { type ServerProcess, spawnServer } from '../spawn-server.ts'
import { type FlakyReceiver, openFlakyReceiver } from './flaky-receiver.ts'

const program = fileURLToPath(new URL('./teller-process.ts', import.meta.url))

export interface AlertChaosReport {
  /** Alerts that fired by what was measured, incidents that were told, messages and how many of them came more than once. */
  readonly fired: number
  readonly incidents: number
  readonly messages: number
  readonly repeated: number
  readonly kills: number
  readonly pauses: number
  /** Incidents of which nobody was told, or of whose last epoch nobody was. */
  readonly missed: readonly string[]
  /** Groups with two open incidents at any time, and messages of one epoch under two ids. */
  readonly doubled: readonly string[]
  /** Milliseconds from the moment an alert fired to its first message. */
  readonly p99: number
}

export interface AlertChaosOptions {
  readonly seed: number
  /** How long faults strike. */
  readonly seconds: number
  readonly tenants: number
  readonly processes: number
}

/**
 * Lets processes that evaluate and tell die and freeze while alerts fire and clear, over a line that loses one answer in
 * ten; then lets everything settle, and compares what was measured with what somebody was told.
 */
export async function runAlertChaos({
  seed,
  seconds,
  tenants,
  processes,
}: AlertChaosOptions): Promise<AlertChaosReport> {
  const random = createRandom(seed)
  const lines = random.fork('lines')
  const receiver = await openFlakyReceiver(() => lines.next())
  const masterKey = randomBytes(32)
  const test = await createTestCore()
  const core = { ...test.core, vault: openVault(masterKey), channelNetworks: ['127.0.0.0/8'] }
  const query = async (text: string, values: unknown[] = []) =>
    (await test.control.pool.query(text, values)).rows
  const spawn = (failpoint?: string) =>
    spawnServer(
      {
        DATABASE_URL: test.control.url,
        TENANTRY_MASTER_KEY: masterKey.toString('base64'),
        ...(failpoint ? { TENANTRY_FAILPOINT: failpoint } : {}),
      },
      program,
    )
  const living: ServerProcess[] = []
  const up = new Set<ServerProcess>()
  const start = (failpoint?: string) => {
    const one = spawn(failpoint)
    one.ready.then(() => up.add(one)).catch(() => {})
    one.ended.then(() => up.delete(one))
    return one
  }
  const counts = { kills: 0, pauses: 0, fired: 0 }
  try {
    const { channelId } = await runVerb(
      core,
      test.ana,
      setChannel,
      setChannel.input.parse({
        name: 'Hook',
        kind: 'webhook',
        config: { url: receiver.url },
        secret: `whsec_${randomBytes(32).toString('base64')}`,
      }),
    )
    await runVerb(
      core,
      test.ana,
      setPolicy,
      setPolicy.input.parse({
        name: 'All',
        isDefault: true,
        steps: [{ afterSeconds: 0, targets: [{ kind: 'channel', channelId }] }],
      }),
    )
    await runVerb(
      core,
      test.ana,
      setRule,
      setRuleInput.parse({
        name: 'Too large',
        condition: { kind: 'threshold', metric: 'tenant_bytes', operator: 'above', value: 50 },
        keepFiringSeconds: 0,
        severity: 'critical',
        groupBy: 'subject',
      }),
    )
    const ids = await makeTenants(query, test.ids, tenants)
    for (let i = 0; i < processes; i++) living.push(start())
    await Promise.all(living.map(({ ready }) => ready))

    const until = Date.now() + seconds * 1000
    const large = new Set<string>()
    const flips = random.fork('flips')
    const faults = random.fork('faults')
    const flip = async () => {
      while (Date.now() < until) {
        const id = ids[flips.between(0, ids.length - 1)] ?? ''
        const [was] = await query(
          `select state from control.alert where tenant_id = $1 and state <> 'resolved'`,
          [id],
        )
        // One that is on its way is let arrive: what is gone again before anybody looked has not fired.
        if (large.has(id) === (was?.state === 'firing')) {
          const grows = !large.has(id)
          if (grows) large.add(id)
          else large.delete(id)
          if (grows) counts.fired++
          await query(`update control.usage set bytes = $2 where tenant_id = $1`, [id, grows ? 100 : 0])
        }
        await delay(flips.between(20, 120))
      }
    }
    const strike = async () => {
      while (Date.now() < until) {
        await delay(faults.between(500, 1500))
        // Where nobody is at work, nothing is proven by a fault.
        if (up.size < 2) continue
        const at = faults.between(0, living.length - 1)
        const victim = living[at] as ServerProcess
        if (faults.between(0, 3) === 0) {
          counts.pauses++
          victim.kill('SIGSTOP')
          await delay(faults.between(1000, 6000))
          victim.kill('SIGCONT')
        } else {
          counts.kills++
          victim.kill('SIGKILL')
          await victim.ended
          // Half of the new ones end themselves at a point of their own.
          living[at] = start(faults.between(0, 1) ? `*:${faults.between(5, 60)}` : undefined)
        }
      }
    }
    const watched = new Set<string>()
    const watch = async () => {
      while (Date.now() < until) {
        const twice = await query(
          `select group_key from control.incident where state <> 'resolved' group by 1 having count(*) > 1`,
        )
        for (const { group_key } of twice) watched.add(`two open incidents of ${group_key}`)
        await delay(200)
      }
    }
    await Promise.all([flip(), strike(), watch()])
    await replace(living, spawn)
    await settled(query, large)
    return await judge(query, receiver, [...watched], counts)
  } finally {
    for (const one of living) one.kill('SIGKILL')
    await Promise.all(living.map(({ ended }) => ended))
    await receiver.close()
    await test.close()
  }
}

type Query = (text: string, values?: unknown[]) => Promise<Record<string, never>[]>

async function makeTenants(
  query: (text: string, values?: unknown[]) => Promise<unknown>,
  ids: { cluster: string; template: string; user: string },
  count: number,
): Promise<string[]> {
  const tenants = Array.from({ length: count }, () => newId('tn'))
  await query(
    `insert into control.tenant (id, slug, display_name, cluster_id, placement_reason, schema_name, template_id,
       template_version, owner_id, state, fingerprint)
     select id, 'college-' || n, 'College ' || n, $2, 'test', 't_college_' || n, $3, 1, $4, 'provisioning', 'f'
     from unnest($1::text[]) with ordinality u (id, n)`,
    [tenants, ids.cluster, ids.template, ids.user],
  )
  await query(`update control.tenant set state = 'active'`)
  await query(`insert into control.usage (tenant_id, bytes) select id, 0 from control.tenant`)
  return tenants
}

/** Every process anew, without a failpoint. */
async function replace(living: ServerProcess[], spawn: () => ServerProcess): Promise<void> {
  for (const one of living) one.kill('SIGKILL')
  await Promise.all(living.map(({ ended }) => ended))
  living.splice(0, living.length, ...living.map(() => spawn()))
  await Promise.all(living.map(({ ready }) => ready))
}

/** Until all that is large fires, everything is announced and nothing waits to be sent. */
async function settled(query: Query, large: ReadonlySet<string>): Promise<void> {
  const until = Date.now() + 90_000
  for (;;) {
    // A measurement is looked at for as long as it is fresh.
    await query(`update control.usage set seen_at = clock_timestamp()`)
    const [left] = await query(
      `select (select count(*)::int from control.incident where announced_epoch < epoch) as unannounced,
        (select count(*)::int from control.notification where state = 'queued') as queued,
        (select count(*)::int from unnest($1::text[]) l (id) where not exists (
          select from control.alert a where a.tenant_id = l.id and a.state = 'firing')) as silent`,
      [[...large]],
    )
    if (left && !left.unannounced && !left.queued && !left.silent) return
    if (Date.now() > until) throw new Error(`it does not settle: ${JSON.stringify(left)}`)
    await delay(200)
  }
}

async function judge(
  query: Query,
  { told }: FlakyReceiver,
  twice: readonly string[],
  counts: { kills: number; pauses: number; fired: number },
): Promise<AlertChaosReport> {
  const incidents = (await query(
    `select i.id, i.epoch::int, i.state, extract(epoch from min(a.fired_at))::float8 * 1000 as "firedAt"
     from control.incident i join control.alert a on a.incident_id = i.id group by i.id`,
  )) as unknown as { id: string; epoch: number; state: string; firedAt: number }[]
  const missed: string[] = []
  const latencies: number[] = []
  for (const { id, epoch, state, firedAt } of incidents) {
    const heard = told.filter(({ incidentId }) => incidentId === id)
    const first = heard[0]
    if (!first) missed.push(`${id}: never told of`)
    else latencies.push(first.at - firedAt)
    const last = heard.at(-1)
    if (first && Math.max(...heard.map((one) => one.epoch)) < epoch)
      missed.push(`${id}: ends at ${last?.event}, is ${state}`)
  }
  const ids = new Map<string, Set<string>>()
  for (const { incidentId, epoch, messageId } of told) {
    const key = `${incidentId} ${epoch}`
    ids.set(key, (ids.get(key) ?? new Set()).add(messageId))
  }
  const known = new Set(incidents.map(({ id }) => id))
  const sorted = latencies.toSorted((a, b) => a - b)
  return {
    ...counts,
    incidents: incidents.length,
    messages: new Set(told.map(({ messageId }) => messageId)).size,
    repeated: told.length - new Set(told.map(({ messageId }) => messageId)).size,
    missed,
    doubled: [
      ...twice,
      ...[...ids].filter(([, under]) => under.size > 1).map(([key]) => `${key} was told under two ids`),
      ...told
        .filter(({ incidentId }) => !known.has(incidentId))
        .map(({ incidentId }) => `${incidentId} is not there`),
    ],
    p99: Math.round(sorted[Math.min(Math.floor(sorted.length * 0.99), sorted.length - 1)] ?? 0),
  }
}
