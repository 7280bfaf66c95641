import type { LiveEvent } from '@tenantry/contracts'

/** What the socket said of one entity since it was first heard of: the newest version and all changed fields. */
export interface LiveEntity {
  readonly version: number
  readonly patch: Readonly<Record<string, unknown>>
}

export interface EntityStore {
  /** Takes an event; what is not newer than what is known changes nothing. Tells the listeners of that entity. */
  apply: (event: LiveEvent) => boolean
  get: (entityId: string) => LiveEntity | undefined
  subscribe: (entityId: string, listener: () => void) => () => void
  clear: () => void
}

/**
 * Live entities beside the query cache: one event re-renders the rows of one entity and nothing else. Memory is bounded by
 * the number of entities.
 */
export function createEntityStore(): EntityStore {
  const entities = new Map<string, LiveEntity>()
  const listeners = new Map<string, Set<() => void>>()
  const tell = (id: string) => {
    for (const listener of listeners.get(id) ?? []) listener()
  }

  return {
    apply(event) {
      const known = entities.get(event.entityId)
      if (known && known.version >= event.version) return false
      entities.set(event.entityId, { version: event.version, patch: { ...known?.patch, ...event.patch } })
      tell(event.entityId)
      return true
    },
    get: (id) => entities.get(id),
    subscribe(id, listener) {
      const set = listeners.get(id) ?? new Set()
      listeners.set(id, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(id)
      }
    },
    clear() {
      const ids = [...entities.keys()]
      entities.clear()
      for (const id of ids) tell(id)
    },
  }
}

/** The row of a query with what the socket said after it. A row that is as new as the socket stays the same object. */
export function withLive<Row extends object>(row: Row, version: number, live: LiveEntity | undefined): Row {
  return live && live.version > version ? { ...row, ...live.patch } : row
}
