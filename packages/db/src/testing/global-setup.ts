import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateControl } from '../control/migrate-control.ts'
import { type EmbeddedMajor, startEmbedded } from '../embedded/index.ts'
import { controlTemplate } from './control-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser connection string of the server that all test files share. */
    serverUrl: string
  }
}

/** One embedded server for a whole test run; every test file makes its own databases on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = mkdtempSync(path.join(tmpdir(), 'tenantry-test-'))
  const major = Number(process.env.TENANTRY_TEST_PG_MAJOR ?? 18) as EmbeddedMajor
  const server = await startEmbedded({
    dir: path.join(root, 'pg'),
    major,
    password: 'test',
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  const stop = async () => {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
  try {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${controlTemplate}`)
    await client.end()
    await migrateControl(server.url.replace(/\/postgres$/, `/${controlTemplate}`))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('serverUrl', server.url)
  return stop
}
