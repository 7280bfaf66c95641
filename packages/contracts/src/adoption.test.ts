import { describe, expect, it } from 'vitest'
import { slugOfSchema, whyNotAdopted } from './adoption.ts'
import { schemaNameOf, slug } from './identifiers.ts'

describe('the slug of an adopted schema', () => {
  it.each([
    ['t_north_field', 'north-field'],
    ['North Field School', 'north-field-school'],
    ['école_42', 'cole-42'],
    ['__x__', 'x'],
    [`a${'b'.repeat(70)}`, `a${'b'.repeat(47)}`],
  ])('of %j is %j', (schema, expected) => {
    expect(slugOfSchema(schema)).toBe(expected)
  })

  it('gives a schema that is named like a tenant’s its own name again', () => {
    expect(schemaNameOf(slugOfSchema('t_north_field'))).toBe('t_north_field')
  })

  it('is none where the name has no letters: somebody has to choose', () => {
    expect(slug.safeParse(slugOfSchema('1234')).success).toBe(false)
  })
})

describe('why a schema is not adopted', () => {
  const obstacle = (grave: boolean, words: string) => ({ code: 'x', grave, words })
  it('is the first grave obstacle, and how many more there are', () => {
    expect(whyNotAdopted({ obstacles: [obstacle(false, 'Known.')] })).toBeUndefined()
    expect(whyNotAdopted({ obstacles: [obstacle(true, 'One.')] })).toBe('One.')
    expect(whyNotAdopted({ obstacles: [obstacle(true, 'One.'), obstacle(true, 'Two.')] })).toBe(
      'One. And 1 more.',
    )
  })
})
