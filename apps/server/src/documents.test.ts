import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
const documents = tracked.filter((file) => file.endsWith('.md') && existsSync(path.join(root, file)))
const scripts = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).scripts)
const beginnings = ['packages/', 'apps/', 'docs/', 'examples/', 'deploy/', 'bench/', 'src/', 'sql/']

/** Paths in backticks and targets of links, as far as they claim to be of this repository. */
function pathsIn(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8')
  const quoted = [...text.matchAll(/`([\w@./-]+\/[\w.-]+)`/g)].map((match) => match[1] ?? '')
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map((match) => match[1] ?? '')
  return [...quoted.filter((file) => beginnings.some((start) => file.startsWith(start))), ...linked]
}

describe.each(documents)('%s', (document) => {
  it('names only files that are there', () => {
    const gone = pathsIn(document).filter((file) => {
      const places = [
        root,
        path.join(root, path.dirname(document)),
        path.join(root, 'packages/db'),
        path.join(root, 'apps/web'),
      ]
      return !places.some((place) => existsSync(path.join(place, file)))
    })
    expect(gone).toEqual([])
  })

  it('gives only commands that exist', () => {
    const text = readFileSync(path.join(root, document), 'utf8')
    const commands = [...text.matchAll(/pnpm@[\d.]+ ([\w:-]+)/g)].map((match) => match[1] ?? '')
    const builtIn = ['install', 'exec', 'approve']
    expect(commands.filter((command) => !scripts.includes(command) && !builtIn.includes(command))).toEqual([])
  })
})
