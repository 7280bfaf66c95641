import { expect, test } from 'vitest'
import { connectionForms } from './connection-forms.ts'

const issued = {
  role: 'tn_1_app_a',
  password: 'p@ss/word',
  host: 'db.example.edu',
  port: 5433,
  database: 'campus',
}

test('prints a connection string that reads back the same', () => {
  const url = new URL(connectionForms(issued).url)
  expect(url.hostname).toBe('db.example.edu')
  expect(url.port).toBe('5433')
  expect(url.username).toBe('tn_1_app_a')
  expect(decodeURIComponent(url.password)).toBe('p@ss/word')
  expect(url.pathname).toBe('/campus')
})

test('keeps the password out of the line for the shell', () => {
  const { psql } = connectionForms({ ...issued, database: "o'neill" })
  expect(psql).toBe(`psql -h db.example.edu -p 5433 -U tn_1_app_a -d 'o'\\''neill'`)
  expect(psql).not.toContain(issued.password)
})

test('names a socket directory and an address with colons so that they are understood', () => {
  expect(connectionForms({ ...issued, host: '/run/pg' }).url).toBe(
    'postgresql://tn_1_app_a:p%40ss%2Fword@/campus?host=%2Frun%2Fpg&port=5433',
  )
  expect(connectionForms({ ...issued, host: '::1' }).url).toContain('@[::1]:5433/campus')
})
