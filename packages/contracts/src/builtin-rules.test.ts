import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { alertRule, builtinRuleKeys, builtinRules, faultOfRule } from './index.ts'

const pages = new URL('../../../docs/alerts/', import.meta.url)

describe.each(builtinRuleKeys)('the built-in rule %s', (key) => {
  const rule = alertRule.parse(builtinRules[key])

  it('could fire', () => {
    expect(faultOfRule(rule)).toBeNull()
  })

  it('says what to do in a sentence', () => {
    expect(rule.action).toMatch(/^[A-Z].{20,}\.$/)
  })

  it('has a page with its name, what it means, where to look, what to do and how to prevent it', () => {
    const page = readFileSync(new URL(`${key}.md`, pages), 'utf8')
    expect(page.split('\n')[0]).toBe(`# ${rule.name}`)
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual([
      'What you see',
      'What it means',
      'Look',
      'Do',
      'Prevent',
    ])
  })
})

it('has no page without a rule', () => {
  // Pages of the Prometheus rules are named as those are: TenantryDown.
  const keys = readdirSync(pages)
    .map((name) => name.replace(/\.md$/, ''))
    .filter((name) => !name.startsWith('Tenantry'))
  expect(keys.toSorted()).toEqual(builtinRuleKeys.toSorted())
})

it('gives every rule a name of its own', () => {
  const names = builtinRuleKeys.map((key) => builtinRules[key].name)
  expect(new Set(names).size).toBe(names.length)
})
