import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { faultOf, isPassing, isSignedOut } from './fault.ts'

const reply = (tenantry: object) => Object.assign(new Error('refused'), { data: { tenantry } })

test('reads what, where and what to do from a refusal', () => {
  const fault = faultOf(
    reply({
      code: 'slug_taken',
      message: 'The slug unibo belongs to another tenant.',
      detail: { action: 'Choose another slug.', field: 'slug' },
      requestId: 'req_1',
    }),
  )
  expect(fault).toMatchObject({
    code: 'slug_taken',
    message: 'The slug unibo belongs to another tenant.',
    action: 'Choose another slug.',
    field: 'slug',
    requestId: 'req_1',
  })
})

test('names the permission that is missing', () => {
  const refused = reply({
    code: 'forbidden',
    message: 'No.',
    detail: { permission: 'audit.read' },
    requestId: 'r',
  })
  expect(faultOf(refused).permission).toBe('audit.read')
})

test('says that the server did not answer when nothing came back', () => {
  expect(faultOf(new TRPCClientError('Failed to fetch')).code).toBe('unreachable')
  expect(isPassing(new TypeError('Failed to fetch'))).toBe(true)
})

test('tells an ended session from any other refusal', () => {
  expect(isSignedOut(reply({ code: 'unauthenticated', message: '', detail: {}, requestId: 'r' }))).toBe(true)
  expect(isSignedOut(reply({ code: 'forbidden', message: '', detail: {}, requestId: 'r' }))).toBe(false)
})

test('keeps the words of an error thrown in the browser', () => {
  expect(faultOf(new RangeError('Invalid time value'))).toMatchObject({
    code: 'unexpected',
    message: 'Invalid time value',
  })
})
