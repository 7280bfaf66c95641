import { setTimeout as delay } from 'node:timers/promises'
import { type Action, actions, contraries, type Target } from './actions.ts'
import { awaitQuiet, checkRound, portrait } from './check-round.ts'
import { tell } from './client.ts'
import { type Fault, faults } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import { sabotage } from './sabotages.ts'
import { type Arena, startArena } from './start-arena.ts'

export interface ChaosPlan {
  readonly seed: number
  /** At least so many of each, over all rounds. */
  readonly operations: number
  readonly faults: number
  readonly rounds: number
  readonly workers: number
  readonly clients: number
  /** Also what takes seconds, such as a restart of a server. */
  readonly slowFaults: boolean
  /** A protection to take away first, so that the run must fail. */
  readonly without?: string | undefined
  /** Ends the run early, and all that it has started. */
  readonly signal?: AbortSignal
  readonly say: (line: string) => void
}

export interface ChaosReport {
  readonly seed: number
  readonly rounds: number
  readonly seconds: number
  /** Kind → state → how many, as the control database has them. */
  readonly operations: Readonly<Record<string, Record<string, number>>>
  /** Code → how many requests were refused with it. */
  readonly refusals: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  /** Most attempts that one operation took, and attempts in all. */
  readonly attempts: { readonly most: number; readonly all: number }
  /** What does not hold, in sentences; empty when all is well. */
  readonly broken: readonly string[]
  /** The log of every operation that `broken` names. */
  readonly logs: string
}

const seeded = 200
const leaseSeconds = 1
const atFailpoint = {
  died: 'kill -9 of a worker at a failpoint',
  stopped: 'pause of a worker past its lease at a failpoint',
}
/** A round that has not had its share by then is over: so long, and so much longer for each fault, in milliseconds. */
const longestRound = { base: 60_000, fault: 6000 }

const migrations = [
  {
    version: 1,
    name: 'book',
    sql: `create table book (id bigint generated always as identity primary key, title text not null);
      create index book_title on book (title);
      create view shelf as select id, title from book where title <> '';`,
  },
]
const goodSeed = `insert into book (title) select 'Volume ' || n from generate_series(1, ${seeded}) n;`

/**
 * Rounds of operations by several clients under random faults, each followed by quiet and a look at everything that must
 * hold. It ends at the first round that breaks something.
 */
export async function runChaos(plan: ChaosPlan): Promise<ChaosReport> {
  const began = performance.now()
  const random = createRandom(plan.seed)
  const struck = new Map<string, number>()
  const refused = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  const faultCount = () => [...struck.values()].reduce((sum, n) => sum + n, 0)
  let hot = false
  const deaths = random.fork('failpoints')
  const arena = await startArena({
    workers: plan.workers,
    leaseSeconds,
    nextFailpoint: () => {
      // At whatever named point it happens to pass as its n-th: each is met as often as it is on the way.
      const how = deaths.chance(0.5) ? ':stop' : ''
      const nth = deaths.between(1, 60)
      return hot && deaths.chance(0.8) ? `*:${nth}${how}` : undefined
    },
    onFailpoint: (how) => count(struck, atFailpoint[how]),
    sleepMs: () => leaseSeconds * 1000 * (1.2 + deaths.next()),
  })
  try {
    const scene = await setScene(arena)
    if (plan.without) await sabotage(arena, plan.without)
    const strange: string[] = []
    let done = 0
    let broken: string[] = []
    for (; done < plan.rounds && broken.length === 0 && !plan.signal?.aborted; done++) {
      const goal = {
        operations: Math.ceil((plan.operations * (done + 1)) / plan.rounds),
        faults: Math.ceil((plan.faults * (done + 1)) / plan.rounds),
      }
      const until = Date.now() + longestRound.base + (longestRound.fault * plan.faults) / plan.rounds
      const due = () =>
        Date.now() < until &&
        !plan.signal?.aborted &&
        (scene.accepted.size < goal.operations || faultCount() < goal.faults)
      hot = true
      const trouble = causeTrouble(arena, plan, random.fork(`faults ${done}`), due, (name) =>
        count(struck, name),
      )
      await Promise.all(
        Array.from({ length: plan.clients }, (_, n) =>
          actAsClient(arena, scene, random.fork(`client ${n} of round ${done}`), {
            due,
            hasEnough: () => scene.accepted.size >= goal.operations,
            refused: (code) => count(refused, code),
            strange: (what) => strange.push(what),
          }),
        ),
      )
      await trouble
      hot = false
      if (plan.signal?.aborted) break
      broken = [...strange, ...(await checkRound(arena, scene))]
      plan.say(
        `round ${done + 1} of ${plan.rounds}: ${scene.accepted.size} operations, ${faultCount()} faults, ${broken.length} broken`,
      )
    }
    return {
      seed: plan.seed,
      rounds: done,
      seconds: Math.round((performance.now() - began) / 1000),
      ...(await tally(arena)),
      refusals: Object.fromEntries(refused),
      faults: Object.fromEntries(struck),
      broken,
      logs: await logsOf(arena, broken),
    }
  } finally {
    await arena.close()
  }
}

interface Scene {
  readonly goodTemplate: string
  readonly badTemplate: string
  readonly bystanders: Map<string, string>
  readonly accepted: Map<string, string>
  readonly seeded: number
  readonly newSlug: () => string
}

/** Two templates, one of which fails at its seed, and two tenants that nobody will touch. */
async function setScene(arena: Arena): Promise<Scene> {
  let slugs = 0
  const accepted = new Map<string, string>()
  const request = async (procedure: string, input: object) => {
    const idempotencyKey = `scene-${accepted.size}-00000000`
    const answer = await tell(arena, procedure, { idempotencyKey, ...input })
    if (!answer.ok)
      throw new Error(`${procedure} was refused: ${answer.code} ${JSON.stringify(answer.detail)}`)
    accepted.set(idempotencyKey, answer.data.operationId)
    return answer.data
  }
  const publish = (slug: string, seed: string) =>
    request('templates.publish', { slug, name: slug, description: '', migrations, seed })
  const { templateId: goodTemplate } = await publish('library', goodSeed)
  const { templateId: badTemplate } = await publish('broken', `${goodSeed} insert into nowhere values (1);`)
  await awaitQuiet(arena)
  const builds = await arena.ask<{ state: string; error: object }>(
    arena.control,
    'select state, error from control.operation',
  )
  if (builds.some(({ state }) => state !== 'succeeded'))
    throw new Error(`no templates: ${JSON.stringify(builds)}`)
  const pool = await tell(arena, 'pool.set', { templateId: goodTemplate, size: 3 })
  if (!pool.ok) throw new Error(`the warm pool was refused: ${pool.code}`)
  const bystanders = new Map<string, string>()
  for (const slug of ['bystander-one', 'bystander-two']) {
    await request('tenants.provision', { slug, displayName: slug, templateId: goodTemplate })
  }
  await awaitQuiet(arena)
  for (const schema of ['t_bystander_one', 't_bystander_two']) {
    bystanders.set(schema, await portrait(arena, schema))
  }
  return { goodTemplate, badTemplate, bystanders, accepted, seeded, newSlug: () => `chaos-${++slugs}` }
}

/** One fault after another, with a breath between them. */
async function causeTrouble(
  arena: Arena,
  { slowFaults }: ChaosPlan,
  random: Random,
  due: () => boolean,
  struck: (name: string) => void,
): Promise<void> {
  const table: readonly Fault[] = slowFaults ? faults : faults.filter(({ slow }) => !slow)
  while (due()) {
    await delay(random.between(20, 250))
    if (!(await isWorthIt(arena))) continue
    const fault = random.draw(table)
    if (await fault.strike(arena, random)) struck(fault.name)
  }
}

/** A fault that finds nobody at work proves nothing. */
async function isWorthIt({ ask, control, workers }: Arena): Promise<boolean> {
  if (workers.filter((worker) => worker.isAwake()).length < workers.length / 3) return false
  const [row] = await ask<{ busy: boolean }>(
    control,
    `select exists (select from control.operation where finished_at is null and due_at < now()) as busy`,
  )
  return row?.busy === true
}

interface Ears {
  readonly due: () => boolean
  readonly hasEnough: () => boolean
  readonly refused: (code: string) => void
  readonly strange: (what: string) => void
}

/** What may be said to somebody who asks out of turn, or while the cluster is away; anything else is a fault of ours. */
const lawfulRefusals = new Set([
  'tenant_busy',
  'unlawful_transition',
  'invalid_input',
  'not_found',
  'slug_taken',
  'no_cluster',
])

async function actAsClient(arena: Arena, scene: Scene, random: Random, ears: Ears): Promise<void> {
  let requests = 0
  const key = () => `chaos-${random.between(0, 2 ** 30)}-${++requests}`
  const question = {
    random,
    newSlug: scene.newSlug,
    templateId: () => (random.chance(0.15) ? scene.badTemplate : scene.goodTemplate),
  }

  async function ask(action: Action, target: Target): Promise<void> {
    const idempotencyKey = key()
    const [procedure, input] = action.request(target, question)
    const answer = await tell(arena, procedure, { idempotencyKey, ...input })
    if (answer.ok) {
      // Cancelling makes no operation.
      if (action.kind !== 'operation.cancel') scene.accepted.set(idempotencyKey, answer.data.operationId)
      if (random.chance(0.5)) await settle(arena, answer.data.operationId)
      return
    }
    ears.refused(answer.code)
    await delay(random.between(50, 300))
    if (!lawfulRefusals.has(answer.code)) {
      const said = arena.api
        .process()
        .output()
        .split('\n')
        .filter((line) => line.includes('call failed'))
      ears.strange(
        `${procedure} was refused with ${answer.code}: ${said.at(-1) ?? 'the API says nothing of it'}`,
      )
    } else if (answer.code === 'tenant_busy' && !answer.detail.operationId) {
      ears.strange(`${procedure} was refused as busy, without the operation that is at work`)
    }
  }

  while (ears.due()) {
    const targets = await listTargets(arena)
    const action = chooseAction(targets, random)
    const target = chooseTarget(action, targets, random)
    if (!target) {
      await delay(50)
      continue
    }
    const other = random.chance(0.25) ? contraries[action.kind] : undefined
    const contrary = target === nobody ? undefined : actions.find(({ kind }) => kind === other)
    await Promise.all([ask(action, target), contrary && ask(contrary, target)])
    // The faults of the round are still to come: leave them something to strike.
    if (ears.hasEnough()) await delay(random.between(500, 1500))
  }
}

/** At most this many tenants are alive at once. */
const crowd = 40

function chooseAction(targets: readonly Target[], random: Random): Action {
  const crowded = targets.length >= crowd
  const possible = actions.filter(({ on }) =>
    on ? targets.some(({ state }) => on.includes(state)) : !crowded,
  )
  return random.draw(possible.length ? possible : actions)
}

const nobody: Target = { id: '', slug: '', state: 'provisioning', failedOperation: null, operation: null }

/** Actions that are about an operation of the tenant, and which. */
const aboutOperation: Partial<Record<Action['kind'], 'failedOperation' | 'operation'>> = {
  'operation.retry': 'failedOperation',
  'operation.cancel': 'operation',
}

/** Now and then one in a state in which it makes no sense: then the refusal is what is tried. */
function chooseTarget({ on, kind }: Action, targets: readonly Target[], random: Random): Target | undefined {
  if (!on) return nobody
  const about = aboutOperation[kind]
  const known = about ? targets.filter((each) => each[about]) : targets
  const sensible = random.chance(0.08) ? known : known.filter(({ state }) => on.includes(state))
  return random.pick(sensible)
}

const listTargets = (arena: Arena) =>
  arena.ask<Target>(
    arena.control,
    `select t.id, t.slug, t.state, last.id as "failedOperation", (
       select o.id from control.operation o where o.tenant_id = t.id and o.finished_at is null limit 1
     ) as operation
     from control.tenant t
     left join lateral (
       select o.id, o.state from control.operation o where o.tenant_id = t.id order by o.created_at desc limit 1
     ) last on last.state = 'failed'
     where t.state not in ('discarded', 'purged') and t.slug not like 'bystander%' order by t.id`,
  )

/** Waits for an operation's end, but not for long: others do not wait either. */
async function settle(arena: Arena, operationId: string): Promise<void> {
  const until = Date.now() + 4000
  while (Date.now() < until) {
    const [row] = await arena.ask<{ over: boolean }>(
      arena.control,
      'select finished_at is not null as over from control.operation where id = $1',
      [operationId],
    )
    if (row?.over !== false) return
    await delay(80)
  }
}

async function tally(arena: Arena): Promise<Pick<ChaosReport, 'operations' | 'attempts'>> {
  const rows = await arena.ask<{ kind: string; state: string; count: number; most: number; all: number }>(
    arena.control,
    `select kind, state, count(*)::int as count, max(attempt)::int as most, sum(attempt)::int as all
     from control.operation group by kind, state order by kind, state`,
  )
  const operations: Record<string, Record<string, number>> = {}
  for (const { kind, state, count } of rows) operations[kind] = { ...operations[kind], [state]: count }
  return {
    operations,
    attempts: {
      most: Math.max(0, ...rows.map((row) => row.most)),
      all: rows.reduce((sum, row) => sum + row.all, 0),
    },
  }
}

/** What is known of the operations and tenants that the sentences name. */
async function logsOf(arena: Arena, broken: readonly string[]): Promise<string> {
  const named = [...new Set(broken.join(' ').match(/\b(op|tn)_[0-9a-z]{26}/g) ?? [])].slice(0, 10)
  if (named.length === 0) return ''
  const lines = await arena.ask<{ line: string }>(
    arena.control,
    `select format('%s %s %s attempt %s %s %s: %s', l.at::time(3), o.id, o.kind, l.attempt, l.level, coalesce(l.step, ''), l.message) as line
     from control.operation o join control.operation_log l on l.operation_id = o.id
     where o.id = any($1) or o.tenant_id = any($1) order by l.at limit 400`,
    [named],
  )
  const ledger = await arena.ask<{ line: string }>(
    arena.cluster,
    `select format('ledger %s %s %s fence %s', finished_at::time(3), operation_id, step, fence) as line
     from tenantry.ledger where operation_id = any($1) or tenant_id = any($1) order by finished_at`,
    [named],
  )
  return [...lines, ...ledger].map(({ line }) => line).join('\n')
}
