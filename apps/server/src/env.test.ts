import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readEnvironment, SettingsError, settingNames } from './env.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'tenantry-env-'))
afterAll(() => rmSync(dir, { recursive: true }))
const key = Buffer.alloc(32, 7).toString('base64')
const faultsOf = (variables: NodeJS.ProcessEnv) => {
  try {
    readEnvironment(variables)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
}

describe('settings', () => {
  it('need nothing to start on the embedded PostgreSQL', () => {
    expect(readEnvironment({})).toMatchObject({ embedded: true, PORT: 4100, TENANTRY_ROLE: 'all' })
  })

  it('name every fault at once, with what to do', () => {
    const faults = faultsOf({
      PORT: '70000',
      TENANTRY_ROLE: 'boss',
      TENANTRY_MASTER_KEY: 'short',
      DATABASE_URL: 'mysql://x',
      TENANTRY_LEASE_SECCONDS: '4',
    })
    expect(faults).toHaveLength(5)
    expect(faults.join('\n')).toMatch(/TENANTRY_LEASE_SECCONDS is not a setting/)
    expect(faults.join('\n')).toMatch(/openssl rand -base64 32/)
  })

  it('take secrets from a file', () => {
    writeFileSync(path.join(dir, 'url'), 'postgres://db/control\n')
    const settings = readEnvironment({ DATABASE_URL_FILE: path.join(dir, 'url'), TENANTRY_MASTER_KEY: key })
    expect(settings).toMatchObject({ DATABASE_URL: 'postgres://db/control', embedded: false })
  })

  it('refuse a secret that is given twice, or a file that is not there', () => {
    writeFileSync(path.join(dir, 'key'), key)
    expect(
      faultsOf({ TENANTRY_MASTER_KEY: key, TENANTRY_MASTER_KEY_FILE: path.join(dir, 'key') }),
    ).toMatchObject([expect.stringContaining('both set')])
    expect(faultsOf({ TENANTRY_MASTER_KEY_FILE: path.join(dir, 'none') })).toMatchObject([
      expect.stringContaining('cannot read'),
    ])
  })

  it('want a master key for a database of your own, and a database for a lone role', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db/control' })).toMatchObject([
      expect.stringContaining('TENANTRY_MASTER_KEY must be set'),
    ])
    expect(faultsOf({ TENANTRY_ROLE: 'worker' })).toMatchObject([
      expect.stringContaining('DATABASE_URL must be set'),
    ])
  })

  it('name what is missing beside what is wrong', () => {
    expect(faultsOf({ PORT: '70000', DATABASE_URL: 'postgres://db/control' })).toEqual([
      expect.stringContaining('PORT'),
      expect.stringContaining('TENANTRY_MASTER_KEY must be set'),
    ])
    expect(faultsOf({ PORT: '70000', TENANTRY_ROLE: 'api' })).toEqual([
      expect.stringContaining('PORT'),
      expect.stringContaining('DATABASE_URL must be set'),
    ])
    expect(faultsOf({ TENANTRY_ROLE: 'api', DATABASE_URL_FILE: path.join(dir, 'none') })).toHaveLength(2)
  })

  it('count an empty variable as not set', () => {
    expect(readEnvironment({ DATABASE_URL: '', TENANTRY_MASTER_KEY: '' }).embedded).toBe(true)
  })

  it('are all in .env.example', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    const listed = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1])
    expect(listed.toSorted()).toEqual(settingNames.toSorted())
  })
})
