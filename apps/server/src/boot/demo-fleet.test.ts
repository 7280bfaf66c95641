import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Fleet, startFleet } from '@tenantry/worker/testing'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillDemoFleet } from './demo-fleet.ts'

const root = mkdtempSync(path.join(tmpdir(), 'tenantry-demo-'))
let fleet: Fleet
let said: string[]
let count = 0

/** An example of two institutions. */
function example(slug: string, sql: string): string {
  const folder = `${root}/${slug}-${++count}/`
  mkdirSync(`${folder}migrations`, { recursive: true })
  writeFileSync(`${folder}migrations/0001_book.sql`, sql)
  writeFileSync(`${folder}seed.sql`, '')
  writeFileSync(
    `${folder}template.json`,
    JSON.stringify({ slug, name: slug, description: '', seed: 'seed.sql' }),
  )
  institutions(folder, [`${slug}-one`, `${slug}-two`])
  return folder
}
const institutions = (folder: string, slugs: string[]) =>
  writeFileSync(
    `${folder}institutions.json`,
    JSON.stringify(slugs.map((slug) => ({ slug, name: slug, labels: {} }))),
  )
const fill = (folder: string, signal = new AbortController().signal) => {
  const log = pino({ level: 'info' }, { write: (line: string) => said.push(line) })
  return fillDemoFleet({ ...fleet.core, log }, signal, folder)
}
const tenants = async (like: string) =>
  (await fleet.rows(`select slug from control.tenant where slug like '${like}-%' order by 1`)).map(
    ({ slug }) => slug,
  )
const failed = () => fleet.rows(`select action, error_code from control.audit where outcome = 'failed'`)

beforeAll(async () => {
  fleet = await startFleet()
  await fleet.work()
})
beforeEach(() => {
  said = []
})
afterAll(async () => {
  await fleet.close()
  rmSync(root, { recursive: true })
})

describe('the demo fleet', () => {
  it('stays as it is when a later release has another example', async () => {
    const folder = example('school', 'create table book (id int primary key);')
    await fill(folder)
    expect(await tenants('school')).toEqual(['school-one', 'school-two'])

    const later = `${root}/school-later/`
    cpSync(folder, later, { recursive: true })
    writeFileSync(`${later}migrations/0001_book.sql`, 'create table book (id bigint primary key);')
    writeFileSync(`${later}migrations/0002_loan.sql`, 'create table loan (id bigint primary key);')
    await fill(later)
    expect(await tenants('school')).toEqual(['school-one', 'school-two'])
    expect(await failed()).toEqual([])
    expect(said.join()).toMatch(/"requested":0,"there":2,"refused":0/)
  })

  it('keeps a pool of its template where the example says so, and leaves what somebody has set since', async () => {
    const folder = example('pooled', 'create table book (id int primary key);')
    const template = { slug: 'pooled', name: 'pooled', description: '', seed: 'seed.sql', pool: 1 }
    writeFileSync(`${folder}template.json`, JSON.stringify(template))
    await fill(folder)
    const sizes = () =>
      fleet.rows(`select p.size from control.pool_policy p join control.template t on t.id = p.template_id
        where t.slug = 'pooled'`)
    expect(await sizes()).toEqual([{ size: 1 }])
    await fleet.rows('delete from control.pool_policy')
    await fill(folder)
    expect(await sizes()).toEqual([])
  })

  it('goes on with the next institution when one is refused', async () => {
    const folder = example('academy', 'create table book (id int primary key);')
    institutions(folder, ['academy-one', 'Not A Slug', 'academy-two'])
    await fill(folder)
    expect(await tenants('academy')).toEqual(['academy-one', 'academy-two'])
    expect(said.join()).toMatch(/goes on without Not A Slug/)
    expect(said.join()).toMatch(/"requested":2,"there":0,"refused":1/)
  })

  it('says when its template cannot be built', async () => {
    await fill(example('ruin', 'create table book (id no_such_type);'))
    expect(await tenants('ruin')).toEqual([])
    expect(said.join()).toMatch(/was not built.*its operation says why/)
  })

  it('returns as soon as the process closes', async () => {
    const stop = new AbortController()
    stop.abort()
    await fill(example('late', 'create table book (id int primary key);'), stop.signal)
    expect(await tenants('late')).toEqual([])
  })
})
