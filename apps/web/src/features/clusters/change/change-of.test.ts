import { expect, test } from 'vitest'
import { changeOf } from './change-of.ts'

const seen = { name: 'eu-1', labels: { region: 'eu', zone: 'a' }, limits: { tenants: 10 }, maxConcurrency: 4 }

test('only what differs is sent, whatever the order of labels', () => {
  expect(changeOf(seen, { ...seen, labels: { zone: 'a', region: 'eu' }, adminUrl: ' ' })).toEqual({})
  expect(changeOf(seen, { ...seen, name: ' eu-2 ', limits: {}, adminUrl: 'postgres://u@h/d' })).toEqual({
    name: 'eu-2',
    limits: {},
    adminUrl: 'postgres://u@h/d',
  })
})
