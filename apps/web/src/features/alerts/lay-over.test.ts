import { expect, test } from 'vitest'
import { withIncident } from './lay-over.ts'

const change = { state: 'acknowledged', acknowledgedByName: 'Ana' } as const
const [one, other] = [
  { id: 'in_1', state: 'firing' },
  { id: 'in_2', state: 'firing' },
]

test('changes one incident in pages of a list and leaves the others', () => {
  const data = { pages: [{ items: [one], total: 2 }, { items: [other] }], pageParams: [undefined] }
  expect(withIncident(data, 'in_2', change)).toEqual({
    pages: [{ items: [one], total: 2 }, { items: [{ ...other, ...change }] }],
    pageParams: [undefined],
  })
  expect(data.pages[1]?.items[0]).toBe(other)
})

test('changes the incident that is shown, and nothing that is another or not there yet', () => {
  expect(withIncident(one, 'in_1', change)).toEqual({ ...one, ...change })
  expect(withIncident(one, 'in_2', change)).toBe(one)
  expect(withIncident(undefined, 'in_1', change)).toBeUndefined()
})
