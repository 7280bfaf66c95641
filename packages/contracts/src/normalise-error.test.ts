import { expect, test } from 'vitest'
import { normaliseError } from './normalise-error.ts'

const same = (one: string, other: string) =>
  expect(normaliseError({ code: 'X', message: one })).toBe(normaliseError({ code: 'X', message: other }))

test('takes out what differs between failures of one cause', () => {
  same('relation "book" does not exist', 'relation "loan" does not exist')
  same('no schema t_north_field here', 'no schema t_southport here')
  same(
    'stale attempt: fence 3 of tenant tn_01m81p7bsbfzxv4vmtjw5r0000',
    'stale attempt: fence 12 of tenant tn_01m81p7bsbfzxv4vmtjw5r1111',
  )
  same('statement 2, line 14: division by zero', 'statement 9, line 3: division by zero')
  same('fingerprint 0123456789abcdef0123 of x', 'fingerprint fedcba98765432100000 of x')
  same('connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 10.0.0.17:5433')
})

test('keeps what tells causes apart: the code and the words', () => {
  expect(normaliseError({ code: '42P01', message: 'relation "book" does not exist' })).toBe(
    '42P01: relation … does not exist',
  )
  expect(normaliseError({ code: '42P01', message: 'x' })).not.toBe(
    normaliseError({ code: '42703', message: 'x' }),
  )
})
