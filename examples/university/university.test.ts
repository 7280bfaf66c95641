import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../packages/db/src/testing/index.ts'

const connect = (pool: TestDatabase['pool']) => pool.connect()
type Client = Awaited<ReturnType<typeof connect>>

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
const migrations = readdirSync(new URL('migrations', import.meta.url)).sort()

let database: TestDatabase
let owner: string
let app: string
let client: Client

/** Opens a schema in which `owner` may create and nothing more, and acts as `owner` from then on. */
async function enterSchema(schema: string): Promise<void> {
  await client.query(`
    RESET SESSION AUTHORIZATION;
    CREATE SCHEMA ${schema};
    GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${owner};
    GRANT USAGE ON SCHEMA ${schema} TO ${app};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${app};
    SET SESSION AUTHORIZATION ${owner};
    SET search_path = ${schema}`)
}

async function inTransaction(sql: string): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** Applies the history in order; `between` holds SQL to run after the migration with that number. */
async function applyHistory(between: Record<string, string> = {}): Promise<void> {
  for (const file of migrations) {
    await inTransaction(read(`migrations/${file}`))
    await inTransaction(between[file.slice(0, 4)] ?? '')
  }
}

async function value<T>(sql: string): Promise<T> {
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  return rows[0]?.[0]
}

/** Acts as the application, for the person that `personId` selects, to the end of the test. */
async function actAsApplication(personId: string): Promise<void> {
  await client.query('RESET SESSION AUTHORIZATION')
  const id = await value<string | null>(personId)
  await client.query(`SET SESSION AUTHORIZATION ${app}; SET app.person_id = '${id ?? ''}'`)
}

const actAsOwner = () =>
  client.query(`RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION ${owner}; RESET app.person_id`)

beforeAll(async () => {
  database = await createTestDatabase()
  const suffix = new URL(database.url).pathname.slice(1)
  owner = `owner_${suffix}`
  app = `app_${suffix}`
  client = await connect(database.pool)
  await client.query(`CREATE ROLE ${owner}; CREATE ROLE ${app}; REVOKE ALL ON SCHEMA public FROM PUBLIC`)
  await enterSchema('carried')
  await applyHistory({
    '0004': `
      INSERT INTO department (code, name) VALUES ('LAW', 'Law');
      INSERT INTO person (full_name, email) VALUES ('Ana Lucia  Prado', 'Ana@law.example'), ('Sukarto', 'sukarto@law.example');
      INSERT INTO programme (code, title, level, department_id, duration_years, credits_required) VALUES ('LLB', 'Law', 'bachelor', 1, 3, 180);`,
    '0010': `
      INSERT INTO building (code, name) VALUES ('A', 'Aula');
      INSERT INTO room (building_id, code, kind, seats) VALUES (1, '12', 'office', 2);
      INSERT INTO staff (person_id, department_id, staff_number, category, job_title, office, hired_on) VALUES
        (1, 1, 'E1', 'academic', 'Reader', 'A 12', '2020-01-01'), (2, 1, 'E2', 'academic', 'Reader', 'the annexe', '2020-01-01');`,
  })
  await enterSchema('seeded')
  await applyHistory()
  await inTransaction(read('seed.sql'))
})

afterEach(actAsOwner)

afterAll(async () => {
  await client.query(
    `RESET SESSION AUTHORIZATION; DROP SCHEMA carried, seeded CASCADE; DROP ROLE ${owner}, ${app}`,
  )
  client.release()
  await database.drop()
})

test('numbers the migrations without a gap', () => {
  expect(migrations.length).toBeGreaterThanOrEqual(12)
  expect(migrations.map((file) => Number(file.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
})

test('creates everything as a role that owns nothing else and may do nothing else', async () => {
  expect(
    await value(`SELECT count(*)::int FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE relnamespace = 'seeded'::regnamespace AND rolname <> '${owner}'`),
  ).toBe(0)
  expect(
    await value(
      `SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = '${owner}'`,
    ),
  ).toBe(false)
})

test('has every kind of object that a student information system needs', async () => {
  const { rows } = await client.query(`
    WITH relation AS (SELECT * FROM pg_class WHERE relnamespace = 'seeded'::regnamespace),
      index AS (SELECT i.*, pg_get_indexdef(indexrelid) AS definition FROM pg_index i JOIN relation ON relation.oid = indexrelid),
      type AS (SELECT * FROM pg_type WHERE typnamespace = 'seeded'::regnamespace),
      rule AS (SELECT * FROM pg_constraint WHERE connamespace = 'seeded'::regnamespace),
      field AS (SELECT * FROM information_schema.columns WHERE table_schema = 'seeded')
    SELECT
      (SELECT count(*)::int FROM relation WHERE relkind IN ('r', 'p') AND NOT relispartition) AS tables,
      (SELECT count(*)::int FROM relation WHERE relkind = 'r' AND relispartition) AS partitions,
      (SELECT count(*)::int FROM relation WHERE relkind = 'v') AS views,
      (SELECT count(*)::int FROM relation WHERE relkind = 'm') AS materialised_views,
      (SELECT count(*)::int FROM type WHERE typtype = 'e') AS enums,
      (SELECT count(*)::int FROM type WHERE typtype = 'd') AS domains,
      (SELECT count(*)::int FROM relation WHERE relkind = 'c') AS composite_types,
      (SELECT count(*)::int FROM pg_proc WHERE pronamespace = 'seeded'::regnamespace) AS functions,
      (SELECT count(*)::int FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal) AS triggers,
      (SELECT count(*)::int FROM pg_policies WHERE schemaname = 'seeded') AS policies,
      (SELECT count(*)::int FROM pg_statistic_ext WHERE stxnamespace = 'seeded'::regnamespace) AS statistics,
      (SELECT count(*)::int FROM rule WHERE contype = 'x') AS exclusions,
      (SELECT count(*)::int FROM rule WHERE contype = 'f' AND condeferrable) AS deferrable_foreign_keys,
      (SELECT count(*)::int FROM field WHERE is_generated = 'ALWAYS') AS generated_columns,
      (SELECT count(*)::int FROM field WHERE is_identity = 'YES') AS identity_columns,
      (SELECT count(*)::int FROM index) AS indexes,
      (SELECT count(*)::int FROM index WHERE indpred IS NOT NULL) AS partial_indexes,
      (SELECT count(*)::int FROM index WHERE indexprs IS NOT NULL) AS expression_indexes,
      (SELECT count(*)::int FROM index WHERE indnatts > indnkeyatts) AS covering_indexes,
      (SELECT count(*)::int FROM index WHERE definition LIKE '%USING gin (search)') AS full_text_indexes,
      (SELECT count(*)::int FROM index WHERE definition LIKE '%USING brin%') AS brin_indexes`)
  expect(rows[0]).toEqual({
    tables: 31,
    partitions: 13,
    views: 8,
    materialised_views: 1,
    enums: 17,
    domains: 5,
    composite_types: 1,
    functions: 17,
    triggers: 16,
    policies: 28,
    statistics: 3,
    exclusions: 4,
    deferrable_foreign_keys: 2,
    generated_columns: 8,
    identity_columns: 23,
    indexes: 111,
    partial_indexes: 15,
    expression_indexes: 5,
    covering_indexes: 8,
    full_text_indexes: 3,
    brin_indexes: 2,
  })
})

test('carries the rows of an early version through the later migrations', async () => {
  const { rows: people } = await client.query(
    'SELECT given_name, family_name, display_name FROM carried.person ORDER BY id',
  )
  expect(people).toEqual([
    { given_name: 'Ana Lucia', family_name: 'Prado', display_name: 'Ana Lucia Prado' },
    { given_name: null, family_name: 'Sukarto', display_name: 'Sukarto' },
  ])
  expect(await value('SELECT duration_terms FROM carried.programme')).toBe(6)
  const { rows: offices } = await client.query('SELECT office_room_id, note FROM carried.staff ORDER BY id')
  expect(offices).toEqual([
    { office_room_id: '1', note: null },
    { office_room_id: null, note: 'Office: the annexe' },
  ])
})

test('seeds a full institution, in which every table and every view has rows', async () => {
  const { rows } = await client.query<{ name: string; stored: boolean }>(
    `SELECT relname AS name, relkind IN ('r', 'p') AS stored FROM pg_class WHERE relnamespace = 'seeded'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND NOT relispartition`,
  )
  let total = 0
  for (const { name, stored } of rows) {
    const count = await value<number>(`SELECT count(*)::int FROM ${name}`)
    expect(count, name).toBeGreaterThan(0)
    if (stored) total += count
  }
  expect(total).toBeGreaterThan(1000)
  expect(await value('SELECT count(*)::int FROM attendance_default')).toBe(0)
})

test.each([
  [
    'a room booked twice at a time',
    '23P01',
    'room_is_booked_once_at_a_time',
    `INSERT INTO room_booking (room_id, purpose, during) SELECT room_id, 'Choir', during FROM room_booking LIMIT 1`,
  ],
  [
    'a bad e-mail address',
    '23514',
    'email_has_one_at_and_a_dotted_host',
    `INSERT INTO person (family_name, email) VALUES ('Moss', 'moss at home')`,
  ],
  [
    'an e-mail address in another case',
    '23505',
    'person_email_is_unique',
    `INSERT INTO person (family_name, email) SELECT family_name, upper(email) FROM person LIMIT 1`,
  ],
  [
    'a second enrolment in an offering',
    '23505',
    'student_enrols_once_in_an_offering',
    `INSERT INTO enrolment (student_id, offering_id) SELECT student_id, offering_id FROM enrolment LIMIT 1`,
  ],
  [
    'an enrolment under a hold',
    '23514',
    'enrolling_student_has_no_hold',
    `INSERT INTO enrolment (student_id, offering_id) SELECT student_id, 1 FROM student_hold WHERE released_at IS NULL LIMIT 1`,
  ],
  [
    'a second head of a department',
    '23P01',
    'department_has_one_head_at_a_time',
    `INSERT INTO appointment (staff_id, department_id, role, held) SELECT staff_id, department_id, role, held FROM appointment WHERE role = 'head' LIMIT 1`,
  ],
  [
    'overlapping terms',
    '23P01',
    'terms_do_not_overlap',
    `INSERT INTO term (code, season, teaching, grades_due_on) VALUES ('2026-SU', 'summer', '[2026-05-01,2026-07-01)', '2026-08-01')`,
  ],
  [
    'a circle of prerequisites',
    '23514',
    'course_prerequisites_have_no_cycle',
    `INSERT INTO course_prerequisite SELECT a.id, b.id FROM course a, course b WHERE a.code = 'CSC101' AND b.code = 'CSC301'`,
  ],
  [
    'the same fee twice a year, also for all programmes',
    '23505',
    'fee_is_set_once_a_year',
    `INSERT INTO fee (kind, academic_year, amount) VALUES ('library', 2026, 1)`,
  ],
  [
    'an issued invoice without a line, at commit',
    '23514',
    'issued_invoice_has_lines',
    `INSERT INTO invoice (student_id, term_id, status, issued_on) VALUES (1, 1, 'issued', '2026-11-01')`,
  ],
  ['a change of the change log', '23514', 'change_log_only_grows', 'DELETE FROM change_log'],
])('refuses %s', async (_what, code, constraint, sql) => {
  await actAsApplication('SELECT min(person_id) FROM staff')
  await expect(inTransaction(sql)).rejects.toMatchObject({ code, constraint })
})

test('puts a student on the waiting list of a full offering, and in the seat that a withdrawal frees', async () => {
  await actAsApplication('SELECT min(person_id) FROM staff')
  const { rows } = await client.query(`
    SELECT offering_id, min(id) FILTER (WHERE status = 'waitlisted') AS first FROM enrolment GROUP BY offering_id
    HAVING count(*) FILTER (WHERE status = 'waitlisted') > 0 LIMIT 1`)
  await client.query(`UPDATE enrolment SET status = 'withdrawn', withdrawn_at = now()
    WHERE id = (SELECT min(id) FROM enrolment WHERE status = 'enrolled' AND offering_id = ${rows[0].offering_id})`)
  expect(await value(`SELECT status FROM enrolment WHERE id = ${rows[0].first}`)).toBe('enrolled')
})

test('shows students their own records, staff all of them, and nobody none', async () => {
  const students = () => value<number>('SELECT count(*)::int FROM student')
  const transcripts = () => value<number>('SELECT count(DISTINCT student_id)::int FROM transcript')
  const all = await students()
  await actAsApplication('SELECT min(s.person_id) FROM student s JOIN transcript t ON t.student_id = s.id')
  expect(await students()).toBe(1)
  expect(await transcripts()).toBe(1)
  expect(await value('SELECT count(*)::int FROM attendance_2026_10')).toBe(0)
  await expect(
    client.query(`INSERT INTO student_hold (student_id, kind, reason) VALUES (1, 'library', 'Late book')`),
  ).rejects.toMatchObject({ code: '42501' })
  await actAsApplication('SELECT min(person_id) FROM staff')
  expect(await students()).toBe(all)
  await actAsApplication('SELECT NULL')
  expect(await students()).toBe(0)
  expect(await transcripts()).toBe(0)
})
