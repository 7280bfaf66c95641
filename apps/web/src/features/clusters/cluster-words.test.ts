import { expect, test } from 'vitest'
import { clusterLook, formatAmount, fullnessWords } from './cluster-words.ts'

test('a cluster that does not answer says so before it says that it is cordoned', () => {
  expect(clusterLook({ state: 'cordoned', reachable: false }).word).toBe('Unreachable')
  expect(clusterLook({ state: 'cordoned', reachable: true }).word).toBe('Cordoned')
  expect(clusterLook({ state: 'detached', reachable: false }).word).toBe('Detached')
  expect(clusterLook({ state: 'active', reachable: true })).toEqual({ tone: 'ok', word: 'Active' })
})

test('amounts are in the unit of their dimension', () => {
  expect(formatAmount('tenants', 1200)).toBe('1,200')
  expect(formatAmount('catalogBytes', 4_200_000_000)).toBe('4.2 GB')
  expect(fullnessWords({ dimension: 'locks', used: 12, max: 25_600, ratio: 0 })).toBe(
    '12 of 25,600, lock table',
  )
})
