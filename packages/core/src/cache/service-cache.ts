import { LRUCache } from 'lru-cache'
import type { CacheMetrics, CacheResult } from './cache-metrics.ts'

/** What an entry depends on, such as `tenant:<id>`, `slug:<slug>`, `templates`. See `tagsOfEvent`. */
export type Tag = string

/** A named part of the cache: what it keeps and when that is over. Define it once, at the top of a module. */
export interface Region<Value extends object> {
  readonly name: string
  /** Changes of any of these make the entry worthless. Left out: what is kept never changes, whatever happens. */
  readonly tagsOf?: (value: Value) => readonly Tag[]
  /** Which answers are kept at all; left out: every one. */
  readonly keeps?: (value: Value) => boolean
  /** At most so many entries, or units of `sizeOf` where that is given; the least recently used go first. */
  readonly most: number
  readonly sizeOf?: (value: Value) => number
}

export interface ReadOptions {
  /** The reader has seen the log up to here: nothing from before is good enough. */
  readonly since?: number | undefined
}

/**
 * Answers that are kept until the event log says that they have changed. It never has to be right about who may ask:
 * permissions are not in it.
 */
export interface ServiceCache {
  /** The kept answer, or that of `load`, which concurrent readers share. What is not there is not kept. */
  read<Value extends object>(
    region: Region<Value>,
    key: string,
    load: () => Promise<Value | undefined>,
    options?: ReadOptions,
  ): Promise<Value | undefined>
  /**
   * Drops what depends on any of these, also what is being read at this moment.
   * @param seq of the event that says so: what was read after it stays. Left out: everything.
   */
  drop(tags: readonly Tag[], seq?: number): void
  /** Everything that the log says up to `seq` has been dropped, and nothing is late. Until it is said, nothing is kept. */
  follow(seq: number): void
  /** Changes may have happened that nobody told of yet: the database is asked until `follow` is said again. */
  doubt(): void
  /** Changes were missed that nobody will tell of any more. */
  forget(): void
}

interface Entry {
  readonly value: object
  readonly tags: readonly Tag[]
  /** Up to where the log was known when its read began: it holds at least that. */
  readonly seq: number
}

interface Flight {
  readonly seq: number
  readonly answer: Promise<object | undefined>
  /** What was dropped since its read began. */
  readonly dropped: Set<Tag>
  worthless: boolean
}

interface Shelf {
  readonly entries: LRUCache<string, Entry>
  readonly byTag: Map<Tag, Set<string>>
  /** Those that a new reader may share. */
  readonly shared: Map<string, Flight>
  readonly flying: Set<Flight>
}

export interface CacheOptions {
  readonly metrics?: CacheMetrics
  /** Milliseconds after which an entry is read anew, whatever the log says: the last line of defence. */
  readonly maxAgeMs?: number
  /** Milliseconds of silence after which nobody may be following any more. */
  readonly patienceMs?: number
  /** Milliseconds on a clock that never goes back. */
  readonly clock?: () => number
}

export function createServiceCache(options: CacheOptions = {}): ServiceCache {
  const { metrics, maxAgeMs = 30_000, patienceMs = 5000, clock = () => performance.now() } = options
  // biome-ignore lint/suspicious/noExplicitAny: regions of every type; a shelf is only ever reached by its own region
  const shelves = new Map<Region<any>, Shelf>()
  let seq = 0
  let followedAt = Number.NEGATIVE_INFINITY
  const follows = () => clock() - followedAt <= patienceMs

  function shelfOf<Value extends object>(region: Region<Value>): Shelf {
    const known = shelves.get(region)
    if (known) return known
    const byTag: Shelf['byTag'] = new Map()
    const { sizeOf } = region
    const shelf: Shelf = {
      entries: new LRUCache<string, Entry>({
        ...(sizeOf
          ? { maxSize: region.most, sizeCalculation: ({ value }) => Math.max(1, sizeOf(value as Value)) }
          : { max: region.most }),
        ...(region.tagsOf ? { ttl: maxAgeMs } : {}),
        perf: { now: clock },
        ttlResolution: 0,
        dispose: ({ tags }, key) => unlink(byTag, tags, key),
      }),
      byTag,
      shared: new Map(),
      flying: new Set(),
    }
    metrics?.holds(region.name, () => shelf.entries.size)
    shelves.set(region, shelf)
    return shelf
  }

  function keep<Value extends object>(
    region: Region<Value>,
    key: string,
    value: Value,
    flight: Flight,
  ): void {
    const tags = region.tagsOf?.(value) ?? []
    if (region.keeps?.(value) === false) return
    if (flight.worthless || tags.some((tag) => flight.dropped.has(tag))) return
    const { entries, byTag } = shelfOf(region)
    entries.set(key, { value, tags, seq: flight.seq })
    // One that is too large for its region was not taken.
    if (!entries.has(key)) return
    for (const tag of tags) {
      const keys = byTag.get(tag) ?? new Set()
      byTag.set(tag, keys.add(key))
    }
  }

  function fly<Value extends object>(
    region: Region<Value>,
    key: string,
    load: () => Promise<Value | undefined>,
  ): Flight {
    const { shared, flying } = shelfOf(region)
    const answer = load().then(
      (value) => {
        land()
        if (value !== undefined) keep(region, key, value, flight)
        return value
      },
      (error) => {
        land()
        throw error
      },
    )
    const flight: Flight = { seq, answer, dropped: new Set(), worthless: false }
    const land = () => {
      flying.delete(flight)
      if (shared.get(key) === flight) shared.delete(key)
    }
    flying.add(flight)
    shared.set(key, flight)
    return flight
  }

  return {
    async read(region, key, load, { since = 0 } = {}) {
      const count = (result: CacheResult) => metrics?.requested(region.name, result)
      if (region.tagsOf && (!follows() || since > seq)) {
        count('bypass')
        return load()
      }
      const { entries, shared } = shelfOf(region)
      const kept = entries.get(key)
      if (kept) {
        count('hit')
        return kept.value as Awaited<ReturnType<typeof load>>
      }
      count('miss')
      return (shared.get(key) ?? fly(region, key, load)).answer as ReturnType<typeof load>
    },

    drop(tags, before = Number.POSITIVE_INFINITY) {
      for (const [region, { entries, byTag, shared, flying }] of shelves) {
        if (!region.tagsOf) continue
        let dropped = 0
        for (const key of new Set(tags.flatMap((tag) => [...(byTag.get(tag) ?? [])]))) {
          if ((entries.peek(key)?.seq ?? before) >= before) continue
          entries.delete(key)
          dropped++
        }
        for (const flight of flying) {
          if (flight.seq < before) for (const tag of tags) flight.dropped.add(tag)
        }
        // What a read on its way depends on shows when it lands: until then nobody new may rely on it.
        shared.clear()
        if (dropped) metrics?.invalidated(region.name, dropped)
      }
    },

    follow(upTo) {
      seq = Math.max(seq, upTo)
      followedAt = clock()
    },

    doubt() {
      followedAt = Number.NEGATIVE_INFINITY
    },

    forget() {
      followedAt = Number.NEGATIVE_INFINITY
      for (const [region, { entries, shared, flying }] of shelves) {
        if (!region.tagsOf) continue
        if (entries.size) metrics?.invalidated(region.name, entries.size)
        entries.clear()
        for (const flight of flying) flight.worthless = true
        shared.clear()
      }
    },
  }
}

function unlink(byTag: Map<Tag, Set<string>>, tags: readonly Tag[], key: string): void {
  for (const tag of tags) {
    const keys = byTag.get(tag)
    keys?.delete(key)
    if (keys?.size === 0) byTag.delete(tag)
  }
}
