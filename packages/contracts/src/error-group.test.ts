import { describe, expect, it } from 'vitest'
import { normaliseError } from './index.ts'

const group = (message: string, names: string[] = []) => normaliseError({ code: '23505', message }, names)

describe('normaliseError', () => {
  it.each([
    [
      'slugs',
      'north-field: Only active tenants are suspended',
      'south-bay: Only active tenants are suspended',
    ],
    ['schemas', 'fingerprint of t_north_field is not right', 'fingerprint of t_south is not right'],
    [
      'ids',
      'no tenant tn_01hf5ys00000000000000000a1 in this database',
      'no tenant tn_01hf5ys00000000000000000b2 in this database',
    ],
    [
      'roles of a tenant',
      'role tn_01hf5ys00000000000000000a1_app exists',
      'role tn_01hf5ys00000000000000000b2_w exists',
    ],
    ['what is quoted', 'relation "book" does not exist', 'relation "loan" does not exist'],
    ['numbers', 'stale attempt: fence 3 is behind 12', 'stale attempt: fence 40 is behind 41'],
    ['hashes', 'fingerprint 0a1b2c3d4e is not ready', 'fingerprint ffee00112 is not ready'],
    ['addresses', 'connect ECONNREFUSED 10.0.0.1:5432', 'connect ECONNREFUSED 10.0.0.22:5433'],
    ['times', 'kept until 2026-11-22T10:00:00.000Z', 'kept until 2026-12-01T00:00:00.000Z'],
    ['what follows the first line', 'boom\nin a.sql', 'boom\nin b.sql'],
  ])('puts errors together that differ in %s', (_, one, other) => {
    expect(group(one, ['north-field', 'south-bay'])).toBe(group(other, ['north-field', 'south-bay']))
  })

  it('keeps errors of other codes and other words apart', () => {
    expect(normaliseError({ code: '23505', message: 'a' })).not.toBe(
      normaliseError({ code: '23503', message: 'a' }),
    )
    expect(group('lock timeout')).not.toBe(group('statement timeout'))
    expect(group('cannot add the feed')).toContain('the feed')
  })

  it('takes a name out where it stands alone, and leaves words that only hold it', () => {
    expect(group('bay is taken by the bayou', ['bay'])).toBe('23505 … is taken by the bayou')
    expect(group('a+b (c) is taken', ['a+b (c)'])).toBe('23505 … is taken')
  })

  it('is short enough for an address, whatever the message', () => {
    expect(group('word '.repeat(1000)).length).toBeLessThanOrEqual(500)
  })
})
