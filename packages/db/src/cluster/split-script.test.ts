import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseScript } from './parse-script.ts'
import { splitScript } from './split-script.ts'

const university = path.join(import.meta.dirname, '../../../../examples/university')
const migrations = path.join(university, 'migrations')
const files = [
  ...readdirSync(migrations).map((name) => path.join(migrations, name)),
  path.join(university, 'seed.sql'),
]

describe('a script is split where PostgreSQL ends its statements', () => {
  it.each([
    '',
    ' \n-- nothing\n/* at /* all */ */ ;; ;',
    'SELECT 1',
    'SELECT 1;;\n\n;SELECT 2;',
    `SELECT ';', ''';', "a;""b" FROM c; SELECT 2`,
    `SELECT E'\\';', e'a''\\\\'; SELECT 2`,
    `SELECT '\\'; SELECT 2`,
    `SELECT U&'\\0041;', x'41', b'1', N';'; SELECT 2`,
    'SELECT $$;$$, $a$ $$ ; $b$ $a$; SELECT 2',
    'SELECT a$1$, 3 FROM (SELECT 1 AS a$1$) b; SELECT 2',
    'SELECT 1 -- ; no\n; SELECT 2 /* ; /* ; */ ; */; SELECT 3',
    `CREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (1); DELETE FROM c); SELECT 2`,
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2',
    'CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO a VALUES (1); END; SELECT 2',
    'CREATE FUNCTION begin() RETURNS int LANGUAGE sql RETURN 1; SELECT 2',
    'SELECT CASE WHEN true THEN 1 END; SELECT 2',
    `INSERT INTO a VALUES ('ü😀;'); SELECT 'é'; SELECT 2`,
    '\r\nSELECT 1;\r\nSELECT 2;\r\n',
    'COMMENT ON TABLE "x;y" IS \'a;b\'; SELECT 2',
  ])('%j', async (script) => {
    expect(splitScript(script)).toEqual(
      (await parseScript(script)).map(({ node, ...statement }) => statement),
    )
  })

  it.each(files)('%s', async (file) => {
    const script = readFileSync(file, 'utf8')
    const statements = splitScript(script)
    expect(statements).toEqual((await parseScript(script)).map(({ node, ...statement }) => statement))
    for (const { sql, start, line } of statements) {
      expect(script.startsWith(sql, start)).toBe(true)
      expect(script.slice(0, start).split('\n').length).toBe(line)
    }
  })
})

it.each([
  `SELECT 'open`,
  'SELECT $$ open',
  'SELECT /* open',
  'SELECT (1; SELECT 2',
  'SELECT "',
  '$',
  "e'",
  ')',
])('what is no SQL comes out whole: %j', (script) => {
  expect(splitScript(script).map(({ sql }) => sql)).toEqual([script])
})
