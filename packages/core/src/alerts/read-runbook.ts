import { readFile } from 'node:fs/promises'
import type { BuiltinRuleKey } from '@tenantry/contracts'

const pages = new URL('../../../../docs/alerts/', import.meta.url)

export interface Runbook {
  readonly key: BuiltinRuleKey
  readonly title: string
  /** Markdown, without its title. */
  readonly text: string
}

/** The page of a built-in rule: what it means, where to look, what to do. */
export async function readRunbook(key: BuiltinRuleKey): Promise<Runbook> {
  const page = await readFile(new URL(`${key}.md`, pages), 'utf8')
  const [first = '', ...rest] = page.split('\n')
  return { key, title: first.replace(/^# /, ''), text: rest.join('\n').trim() }
}
