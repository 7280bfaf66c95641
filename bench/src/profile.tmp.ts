import { provisionTenant, runVerb, setPool, systemActor } from '@tenantry/core'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { startBenchFleet } from './start-bench-fleet.ts'

let marks: [string, number][] = []
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (...args: any[]) {
  const text = typeof args[0] === 'string' ? args[0] : args[0]?.text
  const t = performance.now()
  const lab = String(text).replace(/\s+/g, ' ').slice(0, 70)
  const cb = args.findIndex((x) => typeof x === 'function')
  if (cb >= 0) {
    const f = args[cb]
    args[cb] = (...x: any[]) => {
      marks.push([`   Q ${(performance.now() - t).toFixed(1)} ${lab}`, performance.now()])
      f(...x)
    }
  }
  const r = orig.apply(this, args)
  const label = String(text).replace(/\s+/g, ' ').slice(0, 70)
  if (r?.then)
    r.then(
      () => marks.push([`   q ${(performance.now() - t).toFixed(1)} ${label}`, performance.now()]),
      () => {},
    )
  else if (cb < 0) marks.push([`   q? ${label}`, performance.now()])
  return r
}
const fleet = await startBenchFleet((name) => void marks.push([name, performance.now()]))
const { core, templateId } = fleet
const size = Number(process.argv[2] ?? 30)
await runVerb(core, systemActor, setPool, { templateId, clusterId: null, size })
for (;;) {
  const { rows } = await core.db.execute<any>(
    sql`select (select ready from control.pool_state()) as ready, (select count(*)::int from control.operation where finished_at is null) as busy`,
  )
  if (rows[0]?.ready === size && !rows[0].busy) break
  await new Promise((r) => setTimeout(r, 200))
}
if (process.argv[3] === 'norefill') await core.db.execute(sql`update control.cluster set reachable = true`)
const took: number[] = []
let n = 0
const signUp = async () => {
  const i = ++n
  const start = performance.now()
  const { operationId } = await runVerb(core, systemActor, provisionTenant, {
    idempotencyKey: `bench-tenant-${i}`,
    slug: `bench-${i}`,
    displayName: `Bench ${i}`,
    templateId,
    labels: {},
    notes: '',
    fromPool: true,
  })
  marks.push(['VERB DONE', performance.now()])
  await fleet.attempt(operationId)
  return [start, performance.now()] as const
}
for (let i = 0; i < size; i++) {
  marks = []
  const [a, b] = await signUp()
  took.push(b - a)
  if (i > size - 3) for (const [m, t] of marks) console.log((t - a).toFixed(1), m)
  if (process.argv[3] === 'calm')
    for (;;) {
      const { rows } = await core.db.execute<any>(
        sql`select (select count(*)::int from control.operation where finished_at is null) as busy, (select ready from control.pool_state()) as ready`,
      )
      if (!rows[0].busy && rows[0].ready === size) break
      await new Promise((r) => setTimeout(r, 20))
    }
}
const s = took.slice(5).toSorted((a, b) => a - b)
console.log(
  'p50',
  s[Math.floor(s.length / 2)]?.toFixed(1),
  'p99',
  s.at(-1)?.toFixed(1),
  'min',
  s[0]?.toFixed(1),
)
const { rows } = await core.db.execute<any>(
  sql`select kind, state, count(*)::int from control.operation group by 1,2`,
)
console.log(rows)
const cl = new pg.Client({ connectionString: fleet.clusterUrl })
await cl.connect()
const spareSchema = (await cl.query("select nspname from pg_namespace where nspname like 't_spare%' limit 1"))
  .rows[0].nspname
const time = async (label: string, q: string, v: any[] = []) => {
  const t: number[] = []
  for (let i = 0; i < 15; i++) {
    const a = performance.now()
    await cl.query(q, v)
    t.push(performance.now() - a)
  }
  console.log(label, t.map((x) => x.toFixed(1)).join(' '))
}
await time('seal', 'select tenantry.schema_seal($1)', [spareSchema])
await time('fingerprint', 'select tenantry.fingerprint($1)', [spareSchema])
console.log(
  (
    await cl.query(
      `explain (analyze, buffers) select * from (select tenantry.schema_seal('${spareSchema}')) x`,
    )
  ).rows
    .map((r: any) => r['QUERY PLAN'])
    .join('\n'),
)
const t0 = performance.now()
await cl.query('begin')
await cl.query(`alter schema ${spareSchema} rename to t_zzz`)
console.log('rename', (performance.now() - t0).toFixed(1))
await cl.query('rollback')
const cc = await core.db.execute<any>(sql`explain (analyze) select * from control.pool_state()`)
console.log(cc.rows.map((r: any) => r['QUERY PLAN']).join('\n'))
await cl.end()
await fleet.close()
