import { Registry } from 'prom-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCacheMetrics } from './cache-metrics.ts'
import { createServiceCache, type Region, type ServiceCache } from './service-cache.ts'

interface Person {
  readonly id: string
  readonly name: string
}
const people: Region<Person> = { name: 'people', tagsOf: ({ id }) => [`person:${id}`], most: 3 }
const fixed: Region<{ text: string }> = { name: 'fixed', most: 10, sizeOf: ({ text }) => text.length }

let now: number
let registry: Registry
let cache: ServiceCache
let reads: number
let truth: Map<string, string>

beforeEach(() => {
  now = 1000
  reads = 0
  truth = new Map([
    ['a', 'Ada'],
    ['b', 'Bo'],
  ])
  registry = new Registry()
  cache = createServiceCache({
    metrics: createCacheMetrics(registry),
    maxAgeMs: 30_000,
    patienceMs: 5000,
    clock: () => now,
  })
  cache.follow(10)
})

const look = async (id: string) => {
  reads++
  const name = truth.get(id)
  return name === undefined ? undefined : { id, name }
}
const read = (id: string, since?: number) => cache.read(people, id, () => look(id), { since })
const nameOf = async (id: string, since?: number) => (await read(id, since))?.name

/** A read that has looked and whose answer is still on its way. */
function slowRead(id: string) {
  let arrive = () => {}
  const way = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const answer = cache.read(people, id, async () => {
    const seen = await look(id)
    await way
    return seen
  })
  return { answer, arrive: () => arrive() }
}

const scrape = async (name: string) => {
  const values = (await registry.getSingleMetric(name)?.get())?.values ?? []
  return Object.fromEntries(values.map(({ labels, value }) => [Object.values(labels).join(' '), value]))
}

describe('what is kept', () => {
  it('is read once, for however many ask at the same moment and later', async () => {
    expect(await Promise.all([nameOf('a'), nameOf('a'), nameOf('a')])).toEqual(['Ada', 'Ada', 'Ada'])
    expect(await nameOf('a')).toBe('Ada')
    expect(reads).toBe(1)
  })

  it('is never nothing: what is not there is looked for again', async () => {
    expect(await nameOf('c')).toBeUndefined()
    truth.set('c', 'Cy')
    expect(await nameOf('c')).toBe('Cy')
  })

  it('is never an error, which goes to everybody who waited for it', async () => {
    const fail = () => cache.read(people, 'a', () => Promise.reject(new Error('no answer')))
    await Promise.all([expect(fail()).rejects.toThrow('no answer'), expect(fail()).rejects.toThrow()])
    expect(await nameOf('a')).toBe('Ada')
  })

  it('is over at its greatest age, whatever the log says', async () => {
    await nameOf('a')
    truth.set('a', 'Anna')
    for (now = 4000; now <= 31_000; now += 3000) cache.follow(10)
    cache.follow(10)
    now = 31_001
    expect(await nameOf('a')).toBe('Anna')
  })

  it('makes room, the least recently used first', async () => {
    for (const id of ['c', 'd']) truth.set(id, id)
    for (const id of ['a', 'b', 'c', 'a', 'd']) await read(id)
    reads = 0
    await read('a')
    expect(reads).toBe(0)
    await read('b')
    expect(reads).toBe(1)
  })
})

describe('a change', () => {
  it('drops what depends on it and nothing else', async () => {
    await Promise.all([nameOf('a'), nameOf('b')])
    truth.set('a', 'Anna')
    cache.drop(['person:a'], 11)
    expect(await nameOf('a')).toBe('Anna')
    reads = 0
    expect(await nameOf('b')).toBe('Bo')
    expect(reads).toBe(0)
  })

  it('wins over a read that had looked before it and answers after it', async () => {
    const slow = slowRead('a')
    truth.set('a', 'Anna')
    cache.drop(['person:a'], 11)
    slow.arrive()
    expect((await slow.answer)?.name).toBe('Ada')
    expect(await nameOf('a')).toBe('Anna')
  })

  it('keeps who comes after it from sharing a read that began before it', async () => {
    const slow = slowRead('a')
    truth.set('a', 'Anna')
    cache.drop(['person:a'])
    const later = nameOf('a')
    slow.arrive()
    expect(await later).toBe('Anna')
    await slow.answer
    expect(await nameOf('a')).toBe('Anna')
  })

  it('of something else leaves a read on its way to be kept', async () => {
    const slow = slowRead('a')
    cache.drop(['person:b'], 11)
    slow.arrive()
    await slow.answer
    reads = 0
    expect(await nameOf('a')).toBe('Ada')
    expect(reads).toBe(0)
  })

  it('that was known when the read began leaves it alone', async () => {
    cache.follow(20)
    await nameOf('a')
    cache.drop(['person:a'], 20)
    reads = 0
    await nameOf('a')
    expect(reads).toBe(0)
    cache.drop(['person:a'], 21)
    await nameOf('a')
    expect(reads).toBe(1)
  })
})

describe('while nobody follows the log', () => {
  it('nothing is kept, from the first moment on', async () => {
    cache = createServiceCache({ clock: () => now })
    await nameOf('a')
    truth.set('a', 'Anna')
    expect(await nameOf('a')).toBe('Anna')
  })

  it.each([
    ['when that is said', () => cache.doubt()],
    [
      'when it has not been said for too long that somebody does',
      () => {
        now += 5001
      },
    ],
  ])('the database is asked: %s', async (_, lose) => {
    await nameOf('a')
    truth.set('a', 'Anna')
    lose()
    expect(await nameOf('a')).toBe('Anna')
    // The log is followed again, from where it was: what happened meanwhile comes first.
    cache.drop(['person:a'], 11)
    cache.follow(11)
    expect(await nameOf('a')).toBe('Anna')
    expect(await scrape('tenantry_cache_requests_total')).toMatchObject({ 'people bypass': 1 })
  })

  it('and parts of it were lost, everything goes, also what is being read', async () => {
    await nameOf('a')
    const slow = slowRead('b')
    truth = new Map([
      ['a', 'Anna'],
      ['b', 'Bea'],
    ])
    cache.forget()
    cache.follow(99)
    slow.arrive()
    await slow.answer
    expect([await nameOf('a'), await nameOf('b')]).toEqual(['Anna', 'Bea'])
  })
})

describe('a reader who has seen more of the log than this process', () => {
  it('gets no kept answer until the process has caught up', async () => {
    await nameOf('a')
    truth.set('a', 'Anna')
    expect(await nameOf('a', 11)).toBe('Anna')
    expect(await nameOf('a', 10)).toBe('Ada')
    cache.drop(['person:a'], 11)
    cache.follow(11)
    expect(await nameOf('a', 11)).toBe('Anna')
  })
})

describe('what never changes', () => {
  const text = (key: string) => cache.read(fixed, key, async () => ({ text: `${++reads}${key}` }))

  it('is kept whether or not anybody follows the log, and dropped by nothing', async () => {
    cache.forget()
    await text('x')
    cache.drop(['x'])
    now += 1_000_000
    expect(await text('x')).toEqual({ text: '1x' })
  })

  it('makes room by its size', async () => {
    await text('abcde')
    await text('fghij')
    expect(await scrape('tenantry_cache_entries')).toMatchObject({ fixed: 1 })
    await text('much too long for it')
    expect(await scrape('tenantry_cache_entries')).toMatchObject({ fixed: 1 })
  })
})

describe('the scrape', () => {
  it('tells of hits, misses, entries and what changes have dropped', async () => {
    await Promise.all([nameOf('a'), nameOf('a')])
    await nameOf('a')
    await nameOf('b')
    cache.drop(['person:a', 'person:x'])
    expect(await scrape('tenantry_cache_requests_total')).toEqual({ 'people hit': 1, 'people miss': 3 })
    expect(await scrape('tenantry_cache_entries')).toEqual({ people: 1 })
    expect(await scrape('tenantry_cache_invalidations_total')).toEqual({ people: 1 })
  })
})
