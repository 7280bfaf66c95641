import { Counter, Gauge, type Registry } from 'prom-client'

/** `bypass`: the cache was not asked, because nobody could say whether what it keeps still holds. */
export type CacheResult = 'hit' | 'miss' | 'bypass'

export interface CacheMetrics {
  requested(cache: string, result: CacheResult): void
  /** Entries that a change made worthless. */
  invalidated(cache: string, entries: number): void
  /** How many entries a part of the cache has, asked at each scrape. */
  holds(cache: string, size: () => number): void
}

/** What Prometheus learns of the cache; the hit ratio is hits by hits and misses over a time. Once a registry. */
export function createCacheMetrics(registry: Registry): CacheMetrics {
  const registers = [registry]
  const sizes = new Map<string, (() => number)[]>()
  const requests = new Counter({
    name: 'tenantry_cache_requests_total',
    help: 'Questions by how they were answered: from the cache, from the database, or past the cache.',
    labelNames: ['cache', 'result'],
    registers,
  })
  const invalidations = new Counter({
    name: 'tenantry_cache_invalidations_total',
    help: 'Entries that were dropped because something changed.',
    labelNames: ['cache'],
    registers,
  })
  new Gauge({
    name: 'tenantry_cache_entries',
    help: 'Answers that are kept.',
    labelNames: ['cache'],
    registers,
    collect() {
      for (const [cache, parts] of sizes) {
        this.set(
          { cache },
          parts.reduce((sum, size) => sum + size(), 0),
        )
      }
    },
  })
  return {
    requested: (cache, result) => requests.inc({ cache, result }),
    invalidated: (cache, entries) => invalidations.inc({ cache }, entries),
    holds(cache, size) {
      sizes.set(cache, [...(sizes.get(cache) ?? []), size])
    },
  }
}
