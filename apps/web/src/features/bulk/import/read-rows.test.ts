import { describe, expect, it } from 'vitest'
import { readRows, wrongRowsCsv } from './read-rows.ts'

const empty = { slug: '', displayName: '', template: '', cluster: '', labels: '', notes: '' }

describe('readRows', () => {
  it('reads a CSV file by its head, in any order, with quotes, and names columns that it does not know', () => {
    expect(readRows('Display Name;slug;colour\n"North; Field";north-field;blue\n\n')).toEqual({
      rows: [{ ...empty, displayName: 'North; Field', slug: 'north-field' }],
      unknown: ['colour'],
    })
  })

  it('reads a JSON list, with labels as an object', () => {
    expect(readRows('[{"slug":"north-field","labels":{"plan":"free","region":"eu"}}]')).toEqual({
      rows: [{ ...empty, slug: 'north-field', labels: 'plan=free;region=eu' }],
      unknown: [],
    })
  })

  it.each([
    ['', 'nothing in it'],
    ['name\nNorth', 'slug among them'],
    ['slug\n', 'no row'],
    ['[1]', 'must be an object'],
    ['[{', 'not JSON'],
    [`slug\n${'a\n'.repeat(20_001)}`, 'at most 20000'],
  ])('says why it cannot read %j', (text, reason) => {
    expect(readRows(text)).toEqual({ fault: expect.stringContaining(reason) })
  })
})

it('writes wrong rows as a file that can be mended and read again', () => {
  const rows = [
    { ...empty, slug: 'good' },
    { ...empty, slug: 'Bad Slug', notes: '=1+1' },
  ]
  const csv = wrongRowsCsv(rows, [{ row: 2, column: 'slug', message: 'No' }])
  expect(csv).toContain("'=1+1")
  expect(readRows(csv)).toMatchObject({ rows: [{ slug: 'Bad Slug' }], unknown: ['wrong'] })
})
