import { expect, test } from 'vitest'
import { layOutEpisodes } from './lay-out-episodes.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour)).toISOString()

test('lays episodes out over the time that was replayed; what goes on reaches its end', () => {
  const subjects = [
    {
      id: 'cl_1',
      name: 'eu-1',
      firedSeconds: 10_800,
      episodes: [
        { from: at(2), to: at(3) },
        { from: at(8), to: null },
      ],
    },
  ]
  expect(layOutEpisodes({ from: at(0), to: at(10), subjects })).toEqual([
    {
      id: 'cl_1',
      name: 'eu-1',
      bars: [
        { left: 20, width: 10 },
        { left: 80, width: 20 },
      ],
    },
  ])
})

test('shows six at most, the worst of them', () => {
  const subjects = Array.from({ length: 9 }, (_, i) => ({
    id: `${i}`,
    name: '',
    firedSeconds: 9 - i,
    episodes: [],
  }))
  expect(layOutEpisodes({ from: at(0), to: at(1), subjects })).toHaveLength(6)
})
