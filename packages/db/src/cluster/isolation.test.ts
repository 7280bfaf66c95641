import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedMajor, type EmbeddedServer, startEmbedded } from '../embedded/index.ts'
import { openGuardedSession } from './open-guarded-session.ts'
import { type AttackNames, aimed, attacks, eachAlone } from './testing/attacks.ts'
import { differences, outside } from './testing/outside.ts'
import { type TestCluster, type TestTenant, testCluster } from './testing/test-cluster.ts'

interface Scene {
  readonly cluster: TestCluster
  readonly attacker: TestTenant
  readonly victim: TestTenant
  readonly names: AttackNames
  fence: number
}

// A server of its own: the look from outside takes in all its roles and databases, and nobody else may change those.
const root = mkdtempSync(path.join(tmpdir(), 'tenantry-isolation-'))
let server: EmbeddedServer
beforeAll(async () => {
  const major = Number(process.env.TENANTRY_TEST_PG_MAJOR ?? 18) as EmbeddedMajor
  server = await startEmbedded({
    dir: path.join(root, 'pg'),
    major,
    password: 'test',
    settings: { fsync: 'off' },
  })
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true, force: true })
})

async function setScene(): Promise<Scene> {
  const url = new URL(server.url)
  url.pathname = `/scene_${Date.now()}`
  const home = new pg.Client({ connectionString: server.url })
  await home.connect()
  await home.query(`CREATE DATABASE ${url.pathname.slice(1)}`)
  await home.end()
  const pool = new pg.Pool({ connectionString: url.href, max: 4 })
  pool.on('error', () => {})
  const cluster = await testCluster(url.href, pool, () => pool.end())
  const [attacker, victim] = [await cluster.createTenant(), await cluster.createTenant()]
  await cluster.run(attacker, 'CREATE TABLE ran_as (who text)')
  await cluster.run(
    victim,
    `CREATE TABLE secret (word text PRIMARY KEY); INSERT INTO secret VALUES ('swordfish');
     CREATE SEQUENCE tickets; CREATE FUNCTION guess() RETURNS text LANGUAGE sql AS $$ SELECT word FROM secret $$`,
  )
  const { rows } = await cluster.admin.query('SELECT tenants_role FROM tenantry.installation')
  const names = {
    owner: attacker.id,
    app: `${attacker.id}_app`,
    schema: attacker.schema,
    victim: victim.id,
    victimApp: `${victim.id}_app`,
    victimSchema: victim.schema,
    group: rows[0].tenants_role,
    worker: cluster.workerRole,
    operation: 'op_attack',
  }
  return { cluster, attacker, victim, names, fence: 1 }
}

const look = ({ cluster, attacker, victim }: Scene) => outside(cluster.admin, attacker, victim.schema)

/** The guarded path, as every migration takes it. Returns whether the script went through. */
async function guarded(scene: Scene, sql: string): Promise<boolean> {
  const session = await openGuardedSession({
    pool: scene.cluster.worker,
    tenantId: scene.attacker.id,
    operationId: scene.names.operation,
    fence: scene.fence,
    deadlineMs: 20_000,
    statementTimeoutMs: 5000,
  })
  try {
    return (await session.run('script', sql)) === 'done'
  } catch {
    return false
  } finally {
    await session.close()
  }
}

/** What a tool does that has never been attacked: one superuser connection, SET LOCAL ROLE, then the script. */
async function naive(scene: Scene, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: scene.cluster.adminUrl })
  await client.connect()
  try {
    await client.query(
      `BEGIN; SET LOCAL ROLE ${scene.attacker.id}; SET LOCAL search_path = ${scene.attacker.schema}`,
    )
    await client.query(`SET LOCAL statement_timeout = '5s'; ${sql}`)
    await client.query('COMMIT')
  } catch {
    await client.query('ROLLBACK').catch(() => {})
  } finally {
    await client.end()
  }
}

const ledgerRows = (scene: Scene) =>
  scene.cluster.ask(
    `SELECT count(*)::int FROM tenantry.ledger WHERE operation_id = 'op_attack' AND step = 'script'`,
  )
const ownFingerprint = (scene: Scene) =>
  scene.cluster.ask('SELECT tenantry.fingerprint($1)', [scene.attacker.schema])

/** Forgets the attack's own step and what it left in its own schema, so that the next one meets the same scene. */
async function tidy(scene: Scene): Promise<void> {
  const { cluster, attacker } = scene
  await cluster.admin.query(`DELETE FROM tenantry.ledger WHERE operation_id = 'op_attack'`)
  await cluster.ask('SELECT tenantry.drop_tenant_schema($1, $2, $3)', [attacker.id, 'op_tidy', ++scene.fence])
  await cluster.ask('SELECT tenantry.create_tenant_schema($1, $2, $3)', [
    attacker.id,
    `op_tidy ${scene.fence}`,
    ++scene.fence,
  ])
  await cluster.run(attacker, 'CREATE TABLE ran_as (who text)', { fence: scene.fence })
}

describe('by the guarded path', () => {
  let scene: Scene
  let untouched: string
  /** How it looked before the attack: still the same after one that was refused. */
  let before: Map<string, string> | undefined
  beforeAll(async () => {
    scene = await setScene()
    untouched = String(await ownFingerprint(scene))
  })
  afterAll(() => scene.cluster.drop())

  it.each(attacks)('a tenant does not get out: $name', async (attack) => {
    const last = before ?? (await look(scene))
    before = undefined
    const done = await guarded(scene, aimed(attack, scene.names))
    const after = await look(scene)
    expect(differences(last, after)).toEqual([])
    // All or nothing: the ledger's row is there exactly if the script's effect is.
    expect(await ledgerRows(scene)).toBe(done ? 1 : 0)
    if (done) await tidy(scene)
    else before = after
    expect(await ownFingerprint(scene)).toBe(untouched)
  })

  it('nor by any mixture of them, with every refusal caught, at once and again at COMMIT', async () => {
    const mixtures = fc.sample(
      fc.tuple(fc.subarray([...attacks], { minLength: 3, maxLength: 7 }), fc.boolean()),
      { numRuns: 40, seed: 20260 },
    )
    for (const [mixture, atCommit] of mixtures) {
      const block = eachAlone(
        ...mixture.map((attack) => aimed(attack, scene.names).replaceAll('$attack$', '$inner$')),
      )
      const late = `CREATE TABLE bait (id int);
        CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $late$ BEGIN EXECUTE $l$${block}$l$; RETURN NULL; END $late$;
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON bait DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION late();
        INSERT INTO bait VALUES (1)`
      const before = await look(scene)
      const done = await guarded(scene, atCommit ? late : block)
      const names = mixture.map(({ name }) => name).join('\n')
      expect(differences(before, await look(scene)), names).toEqual([])
      expect(await ledgerRows(scene), names).toBe(done ? 1 : 0)
      await tidy(scene)
    }
  }, 120_000)
})

describe('the look from outside', () => {
  it('finds the escapes from a design that only sets the role', async () => {
    const scene = await setScene()
    const escaped: string[] = []
    let before = await look(scene)
    for (const attack of attacks) {
      await naive(scene, aimed(attack, scene.names))
      const after = await look(scene)
      if (differences(before, after).length > 0) escaped.push(attack.name)
      before = after
    }
    expect(escaped.length).toBeGreaterThanOrEqual(15)
    expect(escaped).toEqual(
      expect.arrayContaining(['RESET ROLE, then damage', 'a deferred trigger that does damage at COMMIT']),
    )
    await scene.cluster.drop()
  }, 120_000)

  it('finds what each part of the hardening holds back', async () => {
    const scene = await setScene()
    const weakened: readonly (readonly [string, string, string])[] = [
      ['GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC', 'SELECT lo_create(0)', 'large objects'],
      [
        'GRANT CREATE ON SCHEMA public TO PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC',
        'CREATE TABLE public.planted ()',
        'relations',
      ],
      [
        `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO PUBLIC', current_database()); END $$`,
        'CREATE SCHEMA planted',
        'namespaces',
      ],
      [
        'DROP EVENT TRIGGER tenantry_refuse_group_defaults',
        `ALTER DEFAULT PRIVILEGES FOR ROLE $group GRANT ALL ON TABLES TO $owner`,
        'default privileges',
      ],
      [`GRANT $victim TO $owner`, `UPDATE $victimSchema.secret SET word = 'stolen'`, 'victim'],
    ]
    for (const [weakening, sql, kind] of weakened) {
      await scene.cluster.admin.query(aimed({ name: '', sql: weakening }, scene.names))
      const before = await look(scene)
      await guarded(scene, aimed({ name: '', sql }, scene.names))
      expect(differences(before, await look(scene)), sql).toContain(kind)
      await scene.cluster.admin.query(`DELETE FROM tenantry.ledger WHERE operation_id = 'op_attack'`)
      await scene.cluster.admin.query('SELECT tenantry.grant_access()')
    }
    await scene.cluster.drop()
  })
})
