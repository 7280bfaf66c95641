import { describe, expect, it } from 'vitest'
import { isAllowed, permissions, reservedSlugs, roles, schemaNameOf, slug, slugMaxLength } from './index.ts'

describe('a slug', () => {
  it.each(['abc', 'north-field', 'x24', `a${'b'.repeat(slugMaxLength - 1)}`])('may be %s', (value) => {
    expect(slug.safeParse(value).success).toBe(true)
  })

  it.each([
    'ab',
    'Upper',
    '1first',
    '-dash',
    'dash-',
    'two--dashes',
    'under_score',
    "o'hara",
    'a";drop schema x;--',
    'ümlaut',
    'a b',
    `a${'b'.repeat(slugMaxLength)}`,
    ...reservedSlugs,
  ])('may not be %s', (value) => {
    expect(slug.safeParse(value).success).toBe(false)
  })

  it('gives each tenant a schema of its own', () => {
    expect(schemaNameOf('north-field')).toBe('t_north_field')
    expect(schemaNameOf('a'.repeat(slugMaxLength)).length).toBeLessThan(60)
  })
})

describe('permissions', () => {
  it('grow from viewer to operator to admin, who has all', () => {
    for (const permission of Object.keys(permissions) as (keyof typeof permissions)[]) {
      expect(isAllowed('admin', permission)).toBe(true)
      const held = roles.map((role) => isAllowed(role, permission))
      expect(held).toEqual([...held].sort())
    }
  })
})
