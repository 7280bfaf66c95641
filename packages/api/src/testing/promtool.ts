import { spawnSync } from 'node:child_process'

/** Prometheus's own checker, where it is installed: `apt-get install prometheus` brings it. */
export const promtool = process.env.TENANTRY_TEST_PROMTOOL ?? 'promtool'
export const hasPromtool = spawnSync(promtool, ['--version']).status === 0
if (!hasPromtool)
  console.warn('skipped: promtool is not installed; what it would check is checked by parsers')

/** @returns what it found fault with, empty when nothing */
export function runPromtool(asked: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(promtool, asked, { input, encoding: 'utf8' })
  return status === 0 && !stderr ? '' : `${stdout}${stderr}`
}
