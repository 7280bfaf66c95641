import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { HomeTaken, lockHome } from './lock-home.ts'
import { processStart } from './process-start.ts'

const root = mkdtempSync(path.join(tmpdir(), 'tenantry-lock-'))
afterAll(() => rmSync(root, { recursive: true }))
let home: string
let lock: string
beforeEach(() => {
  home = mkdtempSync(path.join(root, 'home-'))
  lock = path.join(home, 'tenantry.pid')
})

describe('the lock of a home', () => {
  it('is refused while its holder lives, with what to do', () => {
    const unlock = lockHome(home)
    expect(() => lockHome(home)).toThrow(HomeTaken)
    expect(() => lockHome(home)).toThrow(`Tenantry (pid ${process.pid}) already runs in ${home}: stop it`)
    unlock()
    lockHome(home)()
    expect(readdirSync(home)).toEqual([])
  })

  it.each([
    ['has ended', `${2 ** 22 + 1} 1`],
    ['has ended and its pid is somebody else’s', `${process.ppid} 1`],
    ['left nothing in it', ''],
  ])('is taken over when the holder %s', (_, held) => {
    writeFileSync(lock, held)
    const unlock = lockHome(home)
    expect(() => lockHome(home)).toThrow(HomeTaken)
    unlock()
    expect(existsSync(lock)).toBe(false)
  })

  it('is another’s as long as pid and start are both its own', () => {
    writeFileSync(lock, `${process.ppid} ${processStart(process.ppid)}\n`)
    expect(() => lockHome(home)).toThrow(`pid ${process.ppid}`)
    expect(readdirSync(home)).toEqual(['tenantry.pid'])
  })
})
