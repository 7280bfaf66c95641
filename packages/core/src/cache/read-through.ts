import type { ReadOptions, Region, ServiceCache } from './service-cache.ts'

/** Where there may be a cache. */
export interface CachePlace {
  readonly cache?: ServiceCache
}

/** The answer as the process's cache has it, or, where it has none or keeps nothing, as `load` finds it. */
export function readThrough<Value extends object>(
  { cache }: CachePlace,
  region: Region<Value>,
  key: string,
  load: () => Promise<Value | undefined>,
  options?: ReadOptions,
): Promise<Value | undefined> {
  return cache ? cache.read(region, key, load, options) : load()
}
