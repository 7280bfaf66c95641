import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { asLiteral, callForms } from './call-forms.ts'

const awkward = {
  text: 'O\'Higgins \\ "q"',
  labels: { 'cost-centre': '4 711', plan: 'x' },
  states: ['failed'],
  limit: 5,
}

test('prints an input as a literal that means the same', () => {
  expect(new Function(`return (${asLiteral(awkward)})`)()).toEqual(awkward)
})

test('leaves out what is undefined', () => {
  expect(asLiteral({ a: undefined, b: 1 })).toBe('{\n  b: 1,\n}')
})

test('quotes a question so that the shell hands it over unchanged', () => {
  const { curl } = callForms({ path: 'tenants.list', kind: 'query', input: awkward }, 'http://127.0.0.1:4100')
  const printed = execFileSync('bash', ['-c', (curl ?? '').replace(/^curl/, "printf '%s\\n'")], {
    encoding: 'utf8',
  })
  const sent = printed.trimEnd().split('\n').at(-1) ?? ''
  expect(JSON.parse(sent.replace(/^input=/, ''))).toEqual(awkward)
})

test('sends a change by POST, and names the cookie of a secure host', () => {
  const { curl, trpc } = callForms(
    { path: 'operations.cancel', kind: 'mutation', input: { operationId: 'op_1' } },
    'https://tenantry.example',
  )
  expect(curl).toContain('-d \'{"operationId":"op_1"}\'')
  expect(curl).toContain('__Host-tenantry=$TENANTRY_SESSION')
  expect(trpc).toBe("await tenantry.operations.cancel.mutate({\n  operationId: 'op_1',\n})")
})
