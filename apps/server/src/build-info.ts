import { readFileSync } from 'node:fs'

/** The release that runs. An image stamps its revision into `revision`; a checkout has none. */
export function buildInfo(): { version: string; revision: string } {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  try {
    return { version, revision: readFileSync(new URL('../../../revision', import.meta.url), 'utf8').trim() }
  } catch {
    return { version, revision: 'checkout' }
  }
}
