import { describe, expect, it } from 'vitest'
import { checkRows, type ImportRow, importRow, parseLabels } from './index.ts'

const row = (change: Partial<ImportRow> = {}): ImportRow =>
  importRow.parse({ slug: 'north-field', template: 'university', ...change })

describe('checkRows', () => {
  it('lets a sound row through, named after its slug when it has no name', () => {
    expect(checkRows([row({ labels: 'plan=free; region=eu' })])).toEqual({
      faults: [],
      sound: [
        {
          row: 1,
          slug: 'north-field',
          displayName: 'north-field',
          template: 'university',
          cluster: '',
          labels: { plan: 'free', region: 'eu' },
          notes: '',
        },
      ],
    })
  })

  it.each([
    ['slug', { slug: 'North Field' }, 'lowercase'],
    ['slug', { slug: '' }, 'at least 3'],
    ['slug', { slug: 'admin' }, 'reserved'],
    ['displayName', { displayName: 'x'.repeat(121) }, '120'],
    ['labels', { labels: 'plan' }, 'key=value'],
    ['labels', { labels: '9x=1' }, 'letter'],
    ['template', { template: '' }, 'No template'],
    ['notes', { notes: 'x'.repeat(4001) }, '4000'],
  ] as const)('names row, column and reason of a wrong %s', (column, change, reason) => {
    const { sound, faults } = checkRows([row({ slug: 'good-one' }), row(change)])
    expect(sound).toHaveLength(1)
    expect(faults).toEqual([
      expect.objectContaining({ row: 2, column, message: expect.stringContaining(reason) }),
    ])
  })

  it('gives a slug that stands twice to the first row, and names that row in the second', () => {
    expect(checkRows([row(), row()]).faults).toEqual([
      {
        row: 2,
        column: 'slug',
        value: 'north-field',
        code: 'slug_taken',
        message: 'The same slug stands in row 1',
      },
    ])
  })

  it('takes the template of all for rows that name none', () => {
    expect(checkRows([row({ template: '' })], 'college').sound[0]?.template).toBe('college')
  })
})

it('reads labels as they are written in a cell', () => {
  expect(parseLabels('')).toEqual({})
  expect(parseLabels('a=b;c=d=e;f=')).toEqual({ a: 'b', c: 'd=e', f: '' })
  expect(parseLabels('a=b;=c')).toBeUndefined()
})
