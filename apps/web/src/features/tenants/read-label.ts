import { labels as labelsRule } from '@tenantry/contracts'

/** `plan=enterprise` or `plan:enterprise` as a pair, or why it is none. */
export function readLabel(typed: string): { key: string; value: string } | { fault: string } {
  const [, key, value] = /^\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*$/.exec(typed) ?? []
  if (!key || value === undefined) return { fault: 'Write a label as key=value' }
  const fault = labelsRule.safeParse({ [key]: value }).error?.issues[0]?.message
  return fault ? { fault } : { key, value }
}
